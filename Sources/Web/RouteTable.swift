import Kernel

/// Finds the endpoint for a method and a path: a tree by segment, in which a literal goes before a parameter.
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
        var allowed: Set<String> = []
        var values: [Substring] = []
        guard let endpoint = search(method == "HEAD" ? "GET" : method, segments[...], from: 0, &values, &allowed) else {
            return allowed.isEmpty ? .none : .otherMethods(allowed)
        }
        var parameters: [String: String] = [:]
        for (name, value) in zip(endpoint.pathParameters, values) {
            guard let text = PercentEncoding.decode(value.utf8, plusIsSpace: false) else { return .none }
            parameters[name] = text
        }
        return .found(endpoint, parameters)
    }

    private func search(
        _ method: String,
        _ segments: ArraySlice<Substring>,
        from place: Int,
        _ values: inout [Substring],
        _ allowed: inout Set<String>
    ) -> Endpoint? {
        let node = nodes[place]
        guard let segment = segments.first else {
            if let endpoint = node.endpoints[method] { return endpoint }
            allowed.formUnion(node.endpoints.keys)
            return nil
        }
        if let next = node.literals[segment], let endpoint = search(method, segments.dropFirst(), from: next, &values, &allowed) {
            return endpoint
        }
        guard let next = node.parameter, !segment.isEmpty else { return nil }
        values.append(segment)
        if let endpoint = search(method, segments.dropFirst(), from: next, &values, &allowed) { return endpoint }
        values.removeLast()
        return nil
    }
}
