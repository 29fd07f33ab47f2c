import Apollo
import LatchkeyAPI

/// The steps of a sign-in. Each outcome says what the app does next.
public struct SignIn: Sendable {
  private let latchkey: Latchkey
  /// Shown in the user's list of sessions, such as "iPhone 15".
  private let device: String

  public init(latchkey: Latchkey, device: String) {
    self.latchkey = latchkey
    self.device = device
  }

  public func login(identifier: String, password: String) async throws -> SignInOutcome {
    let input = LoginInput(device: .some(device), identifier: identifier, password: password)
    return try await finish(perform(LoginMutation(input: input)).login.outcome())
  }

  public func register(email: String, password: String) async throws -> SignInOutcome {
    let input = RegisterEmailInput(device: .some(device), email: email, password: password)
    return try await finish(perform(RegisterEmailMutation(input: input)).registerEmail.outcome())
  }

  /// After `register`, and after any outcome `challenge` whose channel is EMAIL.
  public func verifyEmail(challengeId: String, code: String) async throws -> SignInOutcome {
    let input = VerifyEmailInput(challengeId: .some(challengeId), code: .some(code), device: .some(device))
    return try await finish(perform(VerifyEmailMutation(input: input)).verifyEmail.outcome())
  }

  /// With the token of the link in the message. It verifies the address and starts no session.
  public func verifyEmail(token: String) async throws -> SignInOutcome {
    let input = VerifyEmailInput(token: .some(token))
    return try await finish(perform(VerifyEmailMutation(input: input)).verifyEmail.outcome())
  }

  /// With the token of the link for signing in, after the user has pressed a button.
  public func confirmEmail(token: String) async throws -> SignInOutcome {
    let input = ConfirmEmailOtpInput(device: .some(device), token: .some(token))
    return try await finish(perform(ConfirmEmailOtpMutation(input: input)).confirmEmailOtp.outcome())
  }

  public func requestPhoneCode(phone: String) async throws -> SignInOutcome {
    let input = RequestPhoneOtpInput(phone: phone)
    return try await finish(perform(RequestPhoneOtpMutation(input: input)).requestPhoneOtp.outcome())
  }

  public func confirmPhoneCode(challengeId: String, code: String) async throws -> SignInOutcome {
    let input = ConfirmPhoneOtpInput(challengeId: challengeId, code: code, device: .some(device))
    return try await finish(perform(ConfirmPhoneOtpMutation(input: input)).confirmPhoneOtp.outcome())
  }

  /// After any outcome `secondFactorRequired`: the code of the authenticator app.
  public func verifySecondFactor(challengeId: String, totp: String) async throws -> SignInOutcome {
    let input = VerifySecondFactorInput(challengeId: challengeId, device: .some(device), totp: .some(totp))
    return try await verify(input)
  }

  public func verifySecondFactor(challengeId: String, recoveryCode: String) async throws -> SignInOutcome {
    let input = VerifySecondFactorInput(
      challengeId: challengeId, device: .some(device), recoveryCode: .some(recoveryCode))
    return try await verify(input)
  }

  /// - Parameter passkey: what `Passkeys.assertion(options:)` returned for `passkeyOptions`.
  public func verifySecondFactor(challengeId: String, passkey: String) async throws -> SignInOutcome {
    let input = VerifySecondFactorInput(challengeId: challengeId, device: .some(device), passkey: .some(passkey))
    return try await verify(input)
  }

  public func finishPasskeyLogin(challengeId: String, response: String) async throws -> SignInOutcome {
    let input = FinishPasskeyLoginInput(challengeId: challengeId, device: .some(device), response: response)
    return try await finish(perform(FinishPasskeyLoginMutation(input: input)).finishPasskeyLogin.outcome())
  }

  /// - Parameter nonce: the one of the request to the provider, in plain.
  public func socialLogin(provider: String, idToken: String, nonce: String) async throws -> SignInOutcome {
    let input = SocialTokenLoginInput(
      device: .some(device), idToken: .some(idToken), nonce: .some(nonce), provider: provider)
    return try await finish(perform(SocialTokenLoginMutation(input: input)).socialTokenLogin.outcome())
  }

  public func socialCallback(_ callback: SocialCallbackInput) async throws -> SignInOutcome {
    try await finish(perform(SocialCallbackMutation(input: callback)).socialCallback.outcome())
  }

  private func verify(_ input: VerifySecondFactorInput) async throws -> SignInOutcome {
    try await finish(perform(VerifySecondFactorMutation(input: input)).verifySecondFactor.outcome())
  }

  private func perform<Mutation: GraphQLMutation>(_ mutation: Mutation) async throws -> Mutation.Data
  where Mutation.ResponseFormat == SingleResponseFormat {
    try await latchkey.client.perform(mutation: mutation).requireData()
  }

  private func finish(_ outcome: SignInOutcome) async throws -> SignInOutcome {
    if case .authenticated(let signedIn) = outcome { try await latchkey.session.signIn(Tokens(signedIn)) }
    return outcome
  }
}
