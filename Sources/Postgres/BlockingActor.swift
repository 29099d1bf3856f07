/// An actor on a thread of its own, which may block for as long as it takes without holding up Swift's cooperative pool. Transaction bodies
/// run on one.
package protocol BlockingActor: Actor {}
