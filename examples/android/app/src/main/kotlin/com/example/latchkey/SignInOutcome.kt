package com.example.latchkey

import com.example.latchkey.api.ConfirmEmailOtpMutation
import com.example.latchkey.api.ConfirmPhoneOtpMutation
import com.example.latchkey.api.FinishPasskeyLoginMutation
import com.example.latchkey.api.LoginMutation
import com.example.latchkey.api.RegisterEmailMutation
import com.example.latchkey.api.RequestPhoneOtpMutation
import com.example.latchkey.api.SocialCallbackMutation
import com.example.latchkey.api.SocialTokenLoginMutation
import com.example.latchkey.api.VerifyEmailMutation
import com.example.latchkey.api.VerifySecondFactorMutation
import com.example.latchkey.api.fragment.ChallengeFields
import com.example.latchkey.api.fragment.InvalidInputFields
import com.example.latchkey.api.fragment.SecondFactorRequiredFields
import com.example.latchkey.api.fragment.SignedIn

/** What the app does after a step of a sign-in. The texts of `message` are for the user, in the user's language. */
sealed interface SignInOutcome {
  class Authenticated(val signedIn: SignedIn) : SignInOutcome

  /** Ask for the code that was sent. */
  class Challenge(val challenge: ChallengeFields) : SignInOutcome

  /** Ask for one of `factors`. */
  class SecondFactorRequired(val request: SecondFactorRequiredFields) : SignInOutcome

  /** The link verified the address: sign in. */
  data object EmailVerified : SignInOutcome

  /** The account of the signed-in user has the number. */
  data object PhoneVerified : SignInOutcome

  /** The account of the signed-in user has the social identity. */
  data object IdentityLinked : SignInOutcome

  /** Show each message at its field. */
  class InvalidInput(val problems: InvalidInputFields) : SignInOutcome

  /** Ask again, as long as there are attempts. */
  class ChallengeFailed(val message: String, val attemptsRemaining: Int) : SignInOutcome

  class RateLimited(val message: String, val retryAfterSeconds: Int) : SignInOutcome

  class Refused(val message: String) : SignInOutcome

  /** The server is newer than this app. Suggest an update. */
  class Unknown(val type: String) : SignInOutcome
}

fun LoginMutation.Login.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    challengeFields != null -> SignInOutcome.Challenge(challengeFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onInvalidCredentials != null -> SignInOutcome.Refused(onInvalidCredentials.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun RegisterEmailMutation.RegisterEmail.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    challengeFields != null -> SignInOutcome.Challenge(challengeFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onEmailTaken != null -> SignInOutcome.Refused(onEmailTaken.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun VerifyEmailMutation.VerifyEmail.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    onEmailVerified != null -> SignInOutcome.EmailVerified
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onChallengeFailed != null ->
      SignInOutcome.ChallengeFailed(onChallengeFailed.message, onChallengeFailed.attemptsRemaining)
    onInvalidCredentials != null -> SignInOutcome.Refused(onInvalidCredentials.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun ConfirmEmailOtpMutation.ConfirmEmailOtp.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onChallengeFailed != null ->
      SignInOutcome.ChallengeFailed(onChallengeFailed.message, onChallengeFailed.attemptsRemaining)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun RequestPhoneOtpMutation.RequestPhoneOtp.outcome(): SignInOutcome =
  when {
    challengeFields != null -> SignInOutcome.Challenge(challengeFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onSmsUnavailable != null -> SignInOutcome.Refused(onSmsUnavailable.message)
    // Only for a number of the signed-in user.
    onInvalidCredentials != null -> SignInOutcome.Refused(onInvalidCredentials.message)
    reauthenticationRequiredFields != null -> SignInOutcome.Refused(reauthenticationRequiredFields.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun ConfirmPhoneOtpMutation.ConfirmPhoneOtp.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    // The account was unused for long: a code was sent to its address, for verifyEmail.
    challengeFields != null -> SignInOutcome.Challenge(challengeFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onPhoneVerified != null -> SignInOutcome.PhoneVerified
    onChallengeFailed != null ->
      SignInOutcome.ChallengeFailed(onChallengeFailed.message, onChallengeFailed.attemptsRemaining)
    onPhoneTaken != null -> SignInOutcome.Refused(onPhoneTaken.message)
    onPasswordRequired != null -> SignInOutcome.Refused(onPasswordRequired.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun VerifySecondFactorMutation.VerifySecondFactor.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onChallengeFailed != null ->
      SignInOutcome.ChallengeFailed(onChallengeFailed.message, onChallengeFailed.attemptsRemaining)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun FinishPasskeyLoginMutation.FinishPasskeyLogin.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    // The passkey was removed, or did not verify the user: offer another way to sign in.
    onChallengeFailed != null -> SignInOutcome.Refused(onChallengeFailed.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun SocialTokenLoginMutation.SocialTokenLogin.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onSocialRejected != null -> SignInOutcome.Refused(onSocialRejected.message)
    // The address has an account: sign in to it another way, then link the identity.
    onIdentityConflict != null -> SignInOutcome.Refused(onIdentityConflict.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onSocialProviderUnavailable != null -> SignInOutcome.Refused(onSocialProviderUnavailable.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }

fun SocialCallbackMutation.SocialCallback.outcome(): SignInOutcome =
  when {
    signedIn != null -> SignInOutcome.Authenticated(signedIn)
    secondFactorRequiredFields != null -> SignInOutcome.SecondFactorRequired(secondFactorRequiredFields)
    identityLinkedFields != null -> SignInOutcome.IdentityLinked
    invalidInputFields != null -> SignInOutcome.InvalidInput(invalidInputFields)
    onSocialRejected != null -> SignInOutcome.Refused(onSocialRejected.message)
    onIdentityConflict != null -> SignInOutcome.Refused(onIdentityConflict.message)
    onAccountDisabled != null -> SignInOutcome.Refused(onAccountDisabled.message)
    onSocialProviderUnavailable != null -> SignInOutcome.Refused(onSocialProviderUnavailable.message)
    onRateLimited != null -> SignInOutcome.RateLimited(onRateLimited.message, onRateLimited.retryAfter)
    else -> SignInOutcome.Unknown(__typename)
  }
