import LatchkeyAPI

/// What the app does after a step of a sign-in. The texts of `message` are for the user, in the user's language.
public enum SignInOutcome: Sendable {
  case authenticated(SignedIn)
  /// Ask for the code that was sent.
  case challenge(ChallengeFields)
  /// Ask for one of `factors`.
  case secondFactorRequired(SecondFactorRequiredFields)
  /// The link verified the address: sign in.
  case emailVerified
  /// The account of the signed-in user has the number.
  case phoneVerified
  /// The account of the signed-in user has the social identity.
  case identityLinked
  /// Show each message at its field.
  case invalidInput(InvalidInputFields)
  /// Ask again, as long as there are attempts.
  case challengeFailed(message: String, attemptsRemaining: Int)
  case rateLimited(message: String, retryAfter: Int)
  case refused(message: String)
  /// The server is newer than this app. Suggest an update.
  case unknown(type: String?)
}

extension LoginMutation.Data.Login {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    if let it = asChallenge { return .challenge(it.fragments.challengeFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asInvalidCredentials { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension RegisterEmailMutation.Data.RegisterEmail {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asChallenge { return .challenge(it.fragments.challengeFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asEmailTaken { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension VerifyEmailMutation.Data.VerifyEmail {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    if asEmailVerified != nil { return .emailVerified }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asChallengeFailed {
      return .challengeFailed(message: it.message, attemptsRemaining: it.attemptsRemaining)
    }
    if let it = asInvalidCredentials { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension ConfirmEmailOtpMutation.Data.ConfirmEmailOtp {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asChallengeFailed {
      return .challengeFailed(message: it.message, attemptsRemaining: it.attemptsRemaining)
    }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension RequestPhoneOtpMutation.Data.RequestPhoneOtp {
  func outcome() -> SignInOutcome {
    if let it = asChallenge { return .challenge(it.fragments.challengeFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asSmsUnavailable { return .refused(message: it.message) }
    // Only for a number of the signed-in user.
    if let it = asInvalidCredentials { return .refused(message: it.message) }
    if let it = asReauthenticationRequired { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension ConfirmPhoneOtpMutation.Data.ConfirmPhoneOtp {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    // The account was unused for long: a code was sent to its address, for verifyEmail.
    if let it = asChallenge { return .challenge(it.fragments.challengeFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if asPhoneVerified != nil { return .phoneVerified }
    if let it = asChallengeFailed {
      return .challengeFailed(message: it.message, attemptsRemaining: it.attemptsRemaining)
    }
    if let it = asPhoneTaken { return .refused(message: it.message) }
    if let it = asPasswordRequired { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension VerifySecondFactorMutation.Data.VerifySecondFactor {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asChallengeFailed {
      return .challengeFailed(message: it.message, attemptsRemaining: it.attemptsRemaining)
    }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension FinishPasskeyLoginMutation.Data.FinishPasskeyLogin {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    // The passkey was removed, or did not verify the user: offer another way to sign in.
    if let it = asChallengeFailed { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension SocialTokenLoginMutation.Data.SocialTokenLogin {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asSocialRejected { return .refused(message: it.message) }
    // The address has an account: sign in to it another way, then link the identity.
    if let it = asIdentityConflict { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asSocialProviderUnavailable { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}

extension SocialCallbackMutation.Data.SocialCallback {
  func outcome() -> SignInOutcome {
    if let it = asAuthenticated { return .authenticated(it.fragments.signedIn) }
    if let it = asSecondFactorRequired { return .secondFactorRequired(it.fragments.secondFactorRequiredFields) }
    if asIdentityLinked != nil { return .identityLinked }
    if let it = asInvalidInput { return .invalidInput(it.fragments.invalidInputFields) }
    if let it = asSocialRejected { return .refused(message: it.message) }
    if let it = asIdentityConflict { return .refused(message: it.message) }
    if let it = asAccountDisabled { return .refused(message: it.message) }
    if let it = asSocialProviderUnavailable { return .refused(message: it.message) }
    if let it = asRateLimited { return .rateLimited(message: it.message, retryAfter: it.retryAfter) }
    return .unknown(type: __typename)
  }
}
