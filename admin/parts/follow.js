/** Polls while `element` is on the page, less and less often, until `isOver` says so. A refusal from the server ends it. */
export async function follow(element, look, isOver) {
  for (let pause = 400; element.isConnected; pause = Math.min(pause * 1.25, 3000)) {
    if (isOver(await look())) return;
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
