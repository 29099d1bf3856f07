import Hummingbird
import NIOCore

/// What Hummingbird hands along with a request: here also the connection, whose other end has an address.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
