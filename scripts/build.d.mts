export function build(options: { all: boolean }): Promise<void>;
