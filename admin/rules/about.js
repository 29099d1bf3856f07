/** Whom or what an event is about, if it says so. */
export function about({ application, job = application?.job }) {
  return [application?.candidate?.name, job?.title].filter(Boolean).join(", ");
}
