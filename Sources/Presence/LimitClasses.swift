package import Kernel

extension LimitClass {
    /// A heartbeat every few seconds from several devices.
    package static let presence = LimitClass("presence", Rate(7200, per: .seconds(3600)))
}
