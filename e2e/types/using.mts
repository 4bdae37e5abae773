// A program for engines that give back by themselves what is declared with `using`.

import { Lab } from "../../www/tcp-lab.js";

export function stateAfter(steps: number): string | undefined {
  using lab = new Lab("handshake");
  for (let i = 0; i < steps; i += 1) lab.apply({ type: "step" });
  return lab.snapshot().hosts[0].sockets[0]?.state;
}
