import Foundation

// The JSON of WebAuthn Level 3, which the API takes and returns as text. All bytes are in base64url.

struct Descriptor: Decodable {
  let id: Base64URL
}

/// PublicKeyCredentialCreationOptionsJSON, as far as iOS uses it.
struct CreationOptions: Decodable {
  struct RelyingParty: Decodable {
    let id: String
  }

  struct User: Decodable {
    let id: Base64URL
    let name: String
  }

  let rp: RelyingParty
  let user: User
  let challenge: Base64URL
  let excludeCredentials: [Descriptor]?
}

/// PublicKeyCredentialRequestOptionsJSON, as far as iOS uses it.
struct RequestOptions: Decodable {
  let rpId: String
  let challenge: Base64URL
  let allowCredentials: [Descriptor]?
  let userVerification: String?
}

/// RegistrationResponseJSON and AuthenticationResponseJSON.
struct CredentialResponse: Encodable {
  struct Response: Encodable {
    let clientDataJSON: Base64URL
    var attestationObject: Base64URL?
    var authenticatorData: Base64URL?
    var signature: Base64URL?
    var userHandle: Base64URL?
  }

  let id: Base64URL
  let rawId: Base64URL
  let response: Response
  let type = "public-key"
  let clientExtensionResults: [String: String] = [:]

  init(id: Data, response: Response) {
    self.id = Base64URL(data: id)
    self.rawId = Base64URL(data: id)
    self.response = response
  }

  func text() throws -> String {
    String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
  }
}

struct Base64URL: Codable {
  let data: Data

  init(data: Data) {
    self.data = data
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    var text = try container.decode(String.self)
      .replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    guard let data = Data(base64Encoded: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64url")
    }
    self.data = data
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let text = data.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    try container.encode(text)
  }
}
