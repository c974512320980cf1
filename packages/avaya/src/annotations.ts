/** What annotations are drawn as. */
export const AnnotationShapeType = {
  ANNOTATIONSHAPETYPERECTANGLE: "rectangle",
  ANNOTATIONSHAPETYPECIRCLE: "circle",
  ANNOTATIONSHAPETYPEFREEHAND: "freehand",
} as const;
export type AnnotationShapeType = (typeof AnnotationShapeType)[keyof typeof AnnotationShapeType];

/** How annotations are drawn. Pages give the size as a number or as text. */
export class AnnotationShapeInfo {
  strokeColor: string;
  strokeSize: number | string;
  annotationShapeType: AnnotationShapeType;

  constructor(
    strokeColor = "red",
    strokeSize: number | string = 5,
    annotationShapeType: AnnotationShapeType = AnnotationShapeType.ANNOTATIONSHAPETYPEFREEHAND,
  ) {
    this.strokeColor = strokeColor;
    this.strokeSize = strokeSize;
    this.annotationShapeType = annotationShapeType;
  }
}

/** The same in the words of our marks; what is missing or no shape is as by default. */
export function styleOf(info: Partial<AnnotationShapeInfo> | undefined): {
  shape: AnnotationShapeType;
  color: string;
  width: number;
} {
  const { strokeColor, strokeSize, annotationShapeType } = info ?? {};
  const known = Object.values(AnnotationShapeType).find((type) => type === annotationShapeType);
  return {
    shape: known ?? AnnotationShapeType.ANNOTATIONSHAPETYPEFREEHAND,
    color: strokeColor || "red",
    width: Number(strokeSize) || 5,
  };
}
