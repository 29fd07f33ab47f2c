import AuthenticationServices
import LatchkeyAPI

/// Passkeys of the RP ID. The app needs the associated domain `webcredentials:<RP ID>`.
@MainActor
public struct Passkeys {
  private let latchkey: Latchkey
  private let signIn: SignIn
  private let anchor: ASPresentationAnchor

  public init(latchkey: Latchkey, signIn: SignIn, anchor: ASPresentationAnchor) {
    self.latchkey = latchkey
    self.signIn = signIn
    self.anchor = anchor
  }

  /// Signs in. Counts as two factors.
  public func login() async throws -> SignInOutcome {
    let started = try await latchkey.client.perform(mutation: StartPasskeyLoginMutation())
      .requireData().startPasskeyLogin
    if let it = started.asPasskeyLogin {
      let response = try await assertion(options: it.options)
      return try await signIn.finishPasskeyLogin(challengeId: it.challengeId, response: response)
    }
    if let it = started.asFeatureDisabled { return .refused(message: it.message) }
    if let it = started.asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: started.__typename)
  }

  /// Adds a passkey to the account of the signed-in user.
  public func add() async throws -> AddPasskeyOutcome {
    let started = try await latchkey.client.perform(mutation: StartPasskeyRegistrationMutation())
      .requireData().startPasskeyRegistration
    if let it = started.asPasskeyRegistration {
      let input = FinishPasskeyRegistrationInput(
        challengeId: it.challengeId, response: try await registration(options: it.options))
      let finished = try await latchkey.client.perform(mutation: FinishPasskeyRegistrationMutation(input: input))
      return try finished.requireData().finishPasskeyRegistration.outcome()
    }
    if let it = started.asReauthenticationRequired { return .reauthenticationRequired(it.methods.compactMap(\.value)) }
    if let it = started.asInvalidInput { return .refused(message: it.message) }
    if let it = started.asFeatureDisabled { return .refused(message: it.message) }
    if let it = started.asRateLimited { return .refused(message: it.message) }
    return .unknown(type: started.__typename)
  }

  /// The response of a passkey to options of the server: for a sign-in, a second factor or `reauthenticate`.
  public func assertion(options: String) async throws -> String {
    let options = try JSONDecoder().decode(RequestOptions.self, from: Data(options.utf8))
    let provider = ASAuthorizationPlatformPublicKeyCredentialProvider(relyingPartyIdentifier: options.rpId)
    let request = provider.createCredentialAssertionRequest(challenge: options.challenge.data)
    request.allowedCredentials = (options.allowCredentials ?? []).map {
      ASAuthorizationPlatformPublicKeyCredentialDescriptor(credentialID: $0.id.data)
    }
    if let userVerification = options.userVerification {
      request.userVerificationPreference = .init(rawValue: userVerification)
    }
    let credential = try await CredentialRequest(anchor: anchor).perform(request)
    guard let passkey = credential as? ASAuthorizationPlatformPublicKeyCredentialAssertion else {
      throw UnexpectedCredential()
    }
    return try CredentialResponse(
      id: passkey.credentialID,
      response: .init(
        clientDataJSON: Base64URL(data: passkey.rawClientDataJSON),
        authenticatorData: Base64URL(data: passkey.rawAuthenticatorData),
        signature: Base64URL(data: passkey.signature),
        userHandle: Base64URL(data: passkey.userID)
      )
    ).text()
  }

  private func registration(options: String) async throws -> String {
    let options = try JSONDecoder().decode(CreationOptions.self, from: Data(options.utf8))
    let provider = ASAuthorizationPlatformPublicKeyCredentialProvider(relyingPartyIdentifier: options.rp.id)
    let request = provider.createCredentialRegistrationRequest(
      challenge: options.challenge.data, name: options.user.name, userID: options.user.id.data)
    if #available(iOS 17.4, macOS 14.4, *) {
      request.excludedCredentials = (options.excludeCredentials ?? []).map {
        ASAuthorizationPlatformPublicKeyCredentialDescriptor(credentialID: $0.id.data)
      }
    }
    let credential = try await CredentialRequest(anchor: anchor).perform(request)
    guard let passkey = credential as? ASAuthorizationPlatformPublicKeyCredentialRegistration,
      let attestation = passkey.rawAttestationObject
    else {
      throw UnexpectedCredential()
    }
    return try CredentialResponse(
      id: passkey.credentialID,
      response: .init(
        clientDataJSON: Base64URL(data: passkey.rawClientDataJSON),
        attestationObject: Base64URL(data: attestation)
      )
    ).text()
  }
}

public enum AddPasskeyOutcome: Sendable {
  case added(name: String)
  /// Confirm the user with `Reauthentication`, then start again.
  case reauthenticationRequired([ReauthenticationMethod])
  case refused(message: String)
  case unknown(type: String?)
}

extension FinishPasskeyRegistrationMutation.Data.FinishPasskeyRegistration {
  func outcome() -> AddPasskeyOutcome {
    if let it = asPasskeySaved { return .added(name: it.passkey.name) }
    if let it = asInvalidInput { return .refused(message: it.message) }
    if let it = asChallengeFailed { return .refused(message: it.message) }
    if let it = asRateLimited { return .refused(message: it.message) }
    return .unknown(type: __typename)
  }
}
