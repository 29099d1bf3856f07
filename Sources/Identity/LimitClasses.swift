package import Kernel

extension LimitClass {
    /// The exchange of a refresh token, which each session does every few minutes: sessions of a whole office, and nobody guesses 256 bits at this pace.
    package static let renewal = LimitClass("renewal", Rate(2000, per: .seconds(900)), alsoAnonymous: true)
    /// What makes accounts and mails for whoever asks.
    package static let signUp = LimitClass("signUp", Rate(100, per: .seconds(900)), alsoAnonymous: true)
}
