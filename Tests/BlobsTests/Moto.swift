import ChildProcesses
import Foundation
import Glibc

@testable import Blobs

/// moto's S3 as a child process: it knows one user and refuses requests that they didn't sign.
final class Moto: Sendable {
    private struct Introduction: Decodable {
        let port: Int
        let id: String
        let secret: String
    }

    static let shared = Task { try await Moto() }

    let endpoint: String
    let keys: BucketAddress.Keys
    private let process: ChildProcess

    private init() async throws {
        let introduction: Introduction
        (process, introduction) = try await Python.serve(Self.script, environment: ["INITIAL_NO_AUTH_ACTION_COUNT": "4"])
        endpoint = "http://127.0.0.1:\(introduction.port)"
        keys = BucketAddress.Keys(id: introduction.id, secret: introduction.secret)
    }

    func address(_ prefix: String = "", keys: BucketAddress.Keys? = nil) throws -> BucketAddress {
        try BucketAddress("s3://blobs/\(prefix)?region=us-east-1&endpoint=\(endpoint)", keys: keys ?? self.keys)
    }

    // Ends with the process that started it.
    private static let script = """
        import json, os, time, boto3
        from moto.server import ThreadedMotoServer
        server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        options = dict(endpoint_url='http://127.0.0.1:%d' % port, region_name='us-east-1',
                       aws_access_key_id='x', aws_secret_access_key='x')
        iam = boto3.client('iam', **options)
        iam.create_user(UserName='tenure')
        iam.put_user_policy(UserName='tenure', PolicyName='all', PolicyDocument=json.dumps({
            'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]}))
        key = iam.create_access_key(UserName='tenure')['AccessKey']
        boto3.client('s3', **options).create_bucket(Bucket='blobs')
        print(json.dumps({'port': port, 'id': key['AccessKeyId'], 'secret': key['SecretAccessKey']}), flush=True)
        parent = os.getppid()
        while os.getppid() == parent: time.sleep(1)
        """
}
