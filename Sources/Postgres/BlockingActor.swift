/// An actor on a thread of its own, which may wait there for as long as it takes without holding up Swift's cooperative pool.
/// A transaction's body runs on such a one.
package protocol BlockingActor: Actor {}
