import { expect, test } from "vitest";
import { attacks } from "../attack/index.ts";
import { setUpWorld } from "../support/world.ts";

const world = setUpWorld();

test.each(attacks.filter(({ bounded }) => bounded > 0).map((attack) => [attack.name, attack] as const))(
  "nothing gets through: %s",
  { timeout: 240_000 },
  async (_name, attack) => {
    const { tries, through } = await attack.run(world, attack.bounded);
    expect(through).toEqual([]);
    expect(tries).toBeGreaterThan(0);
  },
);
