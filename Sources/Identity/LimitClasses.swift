package import Kernel

extension LimitClass {
    /// Exchanging a refresh token, which each session does every few minutes: enough for the sessions of a whole office, and nobody guesses
    /// 256 bits at this pace.
    package static let renewal = LimitClass("renewal", Rate(2000, per: .seconds(900)), alsoAnonymous: true)
    /// What creates accounts and sends mails for anyone who asks: enough for a job fair or a faculty behind one address. Mails are limited
    /// for each recipient besides.
    package static let signUp = LimitClass("signUp", Rate(600, per: .seconds(900)), alsoAnonymous: true)
}
