import Kernel

/// Finds the endpoint for a method and a path: a tree by segment, in which a literal wins over a parameter.
struct RouteTable: Sendable {
    enum Match {
        case found(Endpoint, [String: String])
        /// The path exists, for these methods.
        case otherMethods(Set<String>)
        case none
    }

    private struct Node {
        var literals: [Substring: Int] = [:]
        var parameter: Int?
        var endpoints: [String: Endpoint] = [:]
    }

    private var nodes = [Node()]

    init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints { insert(endpoint) }
    }

    private mutating func insert(_ endpoint: Endpoint) {
        var place = 0
        for segment in endpoint.template.dropFirst().split(separator: "/") {
            if let next = segment.first == "{" ? nodes[place].parameter : nodes[place].literals[segment] {
                place = next
                continue
            }
            nodes.append(Node())
            let next = nodes.count - 1
            if segment.first == "{" { nodes[place].parameter = next } else { nodes[place].literals[segment] = next }
            place = next
        }
        nodes[place].endpoints[endpoint.operation.method.rawValue] = endpoint
    }

    /// HEAD is answered by GET.
    func match(_ method: String, _ path: String) -> Match {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var values: [Substring] = []
        guard let place = search(segments[...], from: 0, &values) else { return .none }
        let endpoints = nodes[place].endpoints
        guard let endpoint = endpoints[method == "HEAD" ? "GET" : method] else { return .otherMethods(Set(endpoints.keys)) }
        var parameters: [String: String] = [:]
        for (name, value) in zip(endpoint.pathParameters, values) {
            guard let text = PercentEncoding.decode(value.utf8, plusIsSpace: false) else { return .none }
            parameters[name] = text
        }
        return .found(endpoint, parameters)
    }

    /// A path is one resource whatever the method: `/users/me` is never the user with the id `me`.
    private func search(_ segments: ArraySlice<Substring>, from place: Int, _ values: inout [Substring]) -> Int? {
        let node = nodes[place]
        guard let segment = segments.first else { return node.endpoints.isEmpty ? nil : place }
        if let next = node.literals[segment], let found = search(segments.dropFirst(), from: next, &values) { return found }
        guard let next = node.parameter, !segment.isEmpty else { return nil }
        values.append(segment)
        if let found = search(segments.dropFirst(), from: next, &values) { return found }
        values.removeLast()
        return nil
    }
}
