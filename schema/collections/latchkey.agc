{
  "version": 1,
  "type": "collection",
  "id": "latchkey",
  "title": "Latchkey",
  "queries": [],
  "collections": [
    {
      "id": "register",
      "title": "Register",
      "description": "Sign up by email: RegisterEmail sends a code to the outbox, VerifyEmail takes it and signs in.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "registeremail",
          "windowName": "RegisterEmail",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RegisterEmail($input: RegisterEmailInput!) {\n  registerEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"email\": \"{{email}}\",\n    \"password\": \"{{password}}\",\n    \"firstName\": \"Ada\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "verifyemail",
          "windowName": "VerifyEmail",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation VerifyEmail($input: VerifyEmailInput!) {\n  verifyEmail(input: $input) {\n    __typename\n    ...SignedIn\n    ...SecondFactorRequiredFields\n    ...InvalidInputFields\n    ... on EmailVerified {\n      email\n      passwordRemoved\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{code}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "requestemailverification",
          "windowName": "RequestEmailVerification",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RequestEmailVerification($input: RequestEmailVerificationInput!) {\n  requestEmailVerification(input: $input) {\n    __typename\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"email\": \"{{email}}\",\n    \"challengeId\": \"{{challengeId}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "sign-in",
      "title": "Sign in",
      "description": "With a password, a code by email, or a passkey. VerifySecondFactor completes what returned SecondFactorRequired.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "login",
          "windowName": "Login",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation Login($input: LoginInput!) {\n  login(input: $input) {\n    __typename\n    ...SignedIn\n    ...SecondFactorRequiredFields\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on InvalidCredentials {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"identifier\": \"{{email}}\",\n    \"password\": \"{{password}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "verifysecondfactor",
          "windowName": "VerifySecondFactor",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation VerifySecondFactor($input: VerifySecondFactorInput!) {\n  verifySecondFactor(input: $input) {\n    __typename\n    ...SignedIn\n    ...InvalidInputFields\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"totp\": \"{{totp}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "requestemailotp",
          "windowName": "RequestEmailOtp",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RequestEmailOtp($input: RequestEmailOtpInput!) {\n  requestEmailOtp(input: $input) {\n    __typename\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"email\": \"{{email}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "confirmemailotp",
          "windowName": "ConfirmEmailOtp",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ConfirmEmailOtp($input: ConfirmEmailOtpInput!) {\n  confirmEmailOtp(input: $input) {\n    __typename\n    ...SignedIn\n    ...InvalidInputFields\n    ...SecondFactorRequiredFields\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{code}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "startpasskeylogin",
          "windowName": "StartPasskeyLogin",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation StartPasskeyLogin {\n  startPasskeyLogin {\n    __typename\n    ... on PasskeyLogin {\n      challengeId\n      options\n      expiresAt\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "finishpasskeylogin",
          "windowName": "FinishPasskeyLogin",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation FinishPasskeyLogin($input: FinishPasskeyLoginInput!) {\n  finishPasskeyLogin(input: $input) {\n    __typename\n    ...SignedIn\n    ...InvalidInputFields\n    ... on ChallengeFailed {\n      message\n      reason\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"response\": \"{}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "phone",
      "title": "Phone",
      "description": "Sign in or up with a code by SMS.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "requestphoneotp",
          "windowName": "RequestPhoneOtp",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RequestPhoneOtp($input: RequestPhoneOtpInput!) {\n  requestPhoneOtp(input: $input) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on InvalidCredentials {\n      message\n    }\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"input\": {\n    \"phone\": \"{{phone}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "confirmphoneotp",
          "windowName": "ConfirmPhoneOtp",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ConfirmPhoneOtp($input: ConfirmPhoneOtpInput!) {\n  confirmPhoneOtp(input: $input) {\n    __typename\n    ...SignedIn\n    ...SecondFactorRequiredFields\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on PhoneVerified {\n      user {\n        id\n        phone\n        phoneVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{code}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "reset",
      "title": "Reset",
      "description": "A new password for a user who has forgotten the old one. It ends all sessions.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "requestpasswordreset",
          "windowName": "RequestPasswordReset",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    __typename\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on SmsUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"identifier\": \"{{email}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "resetpassword",
          "windowName": "ResetPassword",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    __typename\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on PasswordRequired {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{code}}\",\n    \"newPassword\": \"{{newPassword}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "social",
      "title": "Social",
      "description": "Open the URL of SocialAuthorize. The provider redirects to redirectUri, whose parameters SocialCallback takes.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "socialproviders",
          "windowName": "SocialProviders",
          "apiUrl": "{{url}}/graphql",
          "query": "query SocialProviders {\n  socialProviders {\n    name\n    label\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "socialauthorize",
          "windowName": "SocialAuthorize",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation SocialAuthorize($input: SocialAuthorizeInput!) {\n  socialAuthorize(input: $input) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ...InvalidInputFields\n    ... on SocialAuthorization {\n      url\n      state\n      challengeId\n      expiresAt\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"input\": {\n    \"provider\": \"{{provider}}\",\n    \"redirectUri\": \"{{redirectUri}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "socialcallback",
          "windowName": "SocialCallback",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation SocialCallback($input: SocialCallbackInput!) {\n  socialCallback(input: $input) {\n    __typename\n    ...SignedIn\n    ...SecondFactorRequiredFields\n    ...IdentityLinkedFields\n    ...InvalidInputFields\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment IdentityLinkedFields on IdentityLinked {\n  identity {\n    id\n    provider\n    email\n    createdAt\n  }\n  user {\n    id\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"provider\": \"{{provider}}\",\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"\",\n    \"state\": \"\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "socialtokenlogin",
          "windowName": "SocialTokenLogin",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation SocialTokenLogin($input: SocialTokenLoginInput!) {\n  socialTokenLogin(input: $input) {\n    __typename\n    ...SignedIn\n    ...SecondFactorRequiredFields\n    ...InvalidInputFields\n    ... on SocialRejected {\n      message\n      reason\n    }\n    ... on IdentityConflict {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ... on SocialProviderUnavailable {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n\nfragment SecondFactorRequiredFields on SecondFactorRequired {\n  challengeId\n  factors\n  passkeyOptions\n  expiresAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"provider\": \"{{provider}}\",\n    \"idToken\": \"\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "identities",
          "windowName": "Identities",
          "apiUrl": "{{url}}/graphql",
          "query": "query Identities {\n  me {\n    id\n    email\n    emailVerified\n    hasPassword\n    identities {\n      id\n      provider\n      email\n      createdAt\n    }\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "unlinkidentity",
          "windowName": "UnlinkIdentity",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation UnlinkIdentity($id: ID!) {\n  unlinkIdentity(id: $id) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on IdentityUnlinked {\n      user {\n        id\n        identities {\n          id\n          provider\n        }\n      }\n    }\n    ... on LastSignInMethod {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"id\": \"{{identityId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "factors",
      "title": "Factors",
      "description": "Signed in: a second factor and passkeys. Changes need a recent sign-in; see Reauthenticate.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "starttotpenrollment",
          "windowName": "StartTotpEnrollment",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation StartTotpEnrollment {\n  startTotpEnrollment {\n    __typename\n    ... on TotpEnrollment {\n      challengeId\n      secret\n      uri\n      qrCode\n      expiresAt\n    }\n    ...ReauthenticationRequiredFields\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "confirmtotpenrollment",
          "windowName": "ConfirmTotpEnrollment",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ConfirmTotpEnrollment($input: ConfirmTotpEnrollmentInput!) {\n  confirmTotpEnrollment(input: $input) {\n    __typename\n    ...SecondFactorChangedFields\n    ...ReauthenticationRequiredFields\n    ...InvalidInputFields\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment SecondFactorChangedFields on SecondFactorChanged {\n  recoveryCodes\n  user {\n    id\n    secondFactorRequired\n    totpEnabled\n    recoveryCodesRemaining\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{totp}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "regeneraterecoverycodes",
          "windowName": "RegenerateRecoveryCodes",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RegenerateRecoveryCodes {\n  regenerateRecoveryCodes {\n    __typename\n    ...SecondFactorChangedFields\n    ...ReauthenticationRequiredFields\n    ... on NoSecondFactor {\n      message\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment SecondFactorChangedFields on SecondFactorChanged {\n  recoveryCodes\n  user {\n    id\n    secondFactorRequired\n    totpEnabled\n    recoveryCodesRemaining\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "setsecondfactorrequired",
          "windowName": "SetSecondFactorRequired",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation SetSecondFactorRequired($required: Boolean!) {\n  setSecondFactorRequired(required: $required) {\n    __typename\n    ...SecondFactorChangedFields\n    ...ReauthenticationRequiredFields\n    ... on NoSecondFactor {\n      message\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment SecondFactorChangedFields on SecondFactorChanged {\n  recoveryCodes\n  user {\n    id\n    secondFactorRequired\n    totpEnabled\n    recoveryCodesRemaining\n  }\n}\n",
          "variables": "{\n  \"required\": true\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "disabletotp",
          "windowName": "DisableTotp",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation DisableTotp {\n  disableTotp {\n    __typename\n    ...SecondFactorChangedFields\n    ...ReauthenticationRequiredFields\n    ... on NoSecondFactor {\n      message\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment SecondFactorChangedFields on SecondFactorChanged {\n  recoveryCodes\n  user {\n    id\n    secondFactorRequired\n    totpEnabled\n    recoveryCodesRemaining\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "passkeys",
          "windowName": "Passkeys",
          "apiUrl": "{{url}}/graphql",
          "query": "query Passkeys {\n  me {\n    id\n    passkeys {\n      ...PasskeyFields\n    }\n  }\n}\n\nfragment PasskeyFields on Passkey {\n  id\n  name\n  isSynced\n  createdAt\n  lastUsedAt\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "startpasskeyregistration",
          "windowName": "StartPasskeyRegistration",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation StartPasskeyRegistration {\n  startPasskeyRegistration {\n    __typename\n    ...ReauthenticationRequiredFields\n    ...InvalidInputFields\n    ... on PasskeyRegistration {\n      challengeId\n      options\n      expiresAt\n    }\n    ... on FeatureDisabled {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "finishpasskeyregistration",
          "windowName": "FinishPasskeyRegistration",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {\n  finishPasskeyRegistration(input: $input) {\n    __typename\n    ...InvalidInputFields\n    ... on PasskeySaved {\n      passkey {\n        ...PasskeyFields\n      }\n      user {\n        id\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment PasskeyFields on Passkey {\n  id\n  name\n  isSynced\n  createdAt\n  lastUsedAt\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"response\": \"{}\",\n    \"name\": \"Laptop\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "renamepasskey",
          "windowName": "RenamePasskey",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RenamePasskey($id: ID!, $name: String!) {\n  renamePasskey(id: $id, name: $name) {\n    __typename\n    ...InvalidInputFields\n    ... on PasskeySaved {\n      passkey {\n        ...PasskeyFields\n      }\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment PasskeyFields on Passkey {\n  id\n  name\n  isSynced\n  createdAt\n  lastUsedAt\n}\n",
          "variables": "{\n  \"id\": \"{{passkeyId}}\",\n  \"name\": \"Phone\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "removepasskey",
          "windowName": "RemovePasskey",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RemovePasskey($id: ID!) {\n  removePasskey(id: $id) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on PasskeyRemoved {\n      user {\n        id\n        passkeys {\n          ...PasskeyFields\n        }\n      }\n    }\n    ... on LastSignInMethod {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment PasskeyFields on Passkey {\n  id\n  name\n  isSynced\n  createdAt\n  lastUsedAt\n}\n",
          "variables": "{\n  \"id\": \"{{passkeyId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "account",
      "title": "Account",
      "description": "Signed in: the user, their sessions and their account.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "me",
          "windowName": "Me",
          "apiUrl": "{{url}}/graphql",
          "query": "query Me {\n  me {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n    ...ProfileFields\n    isActive\n    roles\n    hasPassword\n    secondFactorRequired\n    totpEnabled\n    recoveryCodesRemaining\n    lastLoginAt\n    createdAt\n    updatedAt\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      isImpersonation\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "refresh",
          "windowName": "Refresh",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation Refresh($input: RefreshInput! = {}) {\n  refresh(input: $input) {\n    __typename\n    ...SignedIn\n    ... on RefreshRejected {\n      message\n      reason\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment SignedIn on Authenticated {\n  accessToken\n  accessTokenExpiresAt\n  accessTokenExpiresIn\n  refreshToken\n  refreshTokenExpiresAt\n  isNewUser\n  session {\n    id\n    device\n  }\n  user {\n    id\n    email\n    emailVerified\n    phone\n    phoneVerified\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"refreshToken\": \"{{refreshToken}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "reauthenticate",
          "windowName": "Reauthenticate",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation Reauthenticate($input: ReauthenticateInput!) {\n  reauthenticate(input: $input) {\n    __typename\n    ...InvalidInputFields\n    ... on Reauthenticated {\n      accessToken\n      accessTokenExpiresAt\n      accessTokenExpiresIn\n      recentUntil\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"password\": \"{{password}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "updateprofile",
          "windowName": "UpdateProfile",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    __typename\n    ...InvalidInputFields\n    ... on ProfileUpdated {\n      user {\n        id\n        ...ProfileFields\n        updatedAt\n      }\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n",
          "variables": "{\n  \"input\": {\n    \"firstName\": \"Augusta\",\n    \"lastName\": \"King\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "changepassword",
          "windowName": "ChangePassword",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ...InvalidInputFields\n    ... on PasswordChanged {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"input\": {\n    \"currentPassword\": \"{{password}}\",\n    \"newPassword\": \"{{newPassword}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "requestemailchange",
          "windowName": "RequestEmailChange",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RequestEmailChange($input: RequestEmailChangeInput!) {\n  requestEmailChange(input: $input) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ...ChallengeFields\n    ...InvalidInputFields\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ChallengeFields on Challenge {\n  id\n  channel\n  sentTo\n  codeLength\n  expiresAt\n  resendAt\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"input\": {\n    \"newEmail\": \"{{newEmail}}\",\n    \"password\": \"{{password}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "confirmemailchange",
          "windowName": "ConfirmEmailChange",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ConfirmEmailChange($input: VerifyEmailInput!) {\n  confirmEmailChange(input: $input) {\n    __typename\n    ...InvalidInputFields\n    ... on EmailChanged {\n      user {\n        id\n        email\n        emailVerified\n      }\n    }\n    ... on ChallengeFailed {\n      message\n      reason\n      attemptsRemaining\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on EmailTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"challengeId\": \"{{challengeId}}\",\n    \"code\": \"{{code}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "securityevents",
          "windowName": "SecurityEvents",
          "apiUrl": "{{url}}/graphql",
          "query": "query SecurityEvents($first: Int = 20, $after: String, $last: Int, $before: String) {\n  me {\n    id\n    securityEvents(first: $first, after: $after, last: $last, before: $before) {\n      nodes {\n        id\n        at\n        count\n        lastAt\n        kind\n        outcome\n        byAdministrator\n        sessionId\n        method\n        ipAddress\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n}\n",
          "variables": "{\n  \"first\": 10\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "revokesession",
          "windowName": "RevokeSession",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RevokeSession($id: ID!) {\n  revokeSession(id: $id) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n",
          "variables": "{\n  \"id\": \"{{sessionId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "node",
          "windowName": "Node",
          "apiUrl": "{{url}}/graphql",
          "query": "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on User {\n      email\n      emailVerified\n      ...ProfileFields\n      isActive\n      roles\n    }\n    ... on Session {\n      device\n      isCurrent\n      lastUsedAt\n      expiresAt\n    }\n  }\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n",
          "variables": "{\n  \"id\": \"{{userId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "verifytoken",
          "windowName": "VerifyToken",
          "apiUrl": "{{url}}/graphql",
          "query": "query VerifyToken($token: String!) {\n  verifyToken(token: $token) {\n    active\n    tokenType\n    userId\n    sessionId\n    expiresAt\n  }\n}\n",
          "variables": "{\n  \"token\": \"{{accessToken}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "settings",
          "windowName": "Settings",
          "apiUrl": "{{url}}/graphql",
          "query": "query Settings {\n  settings {\n    signUpOpen\n    emailVerification\n    emailSignIn\n    phoneSignIn\n    passkeys\n    secondFactors\n    passwordMinLength\n    passwordMaxLength\n    passwordMinStrength\n    locales\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "health",
          "windowName": "Health",
          "apiUrl": "{{url}}/graphql",
          "query": "query Health {\n  health {\n    status\n    version\n    database\n    store\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "logoutall",
          "windowName": "LogoutAll",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation LogoutAll($input: LogoutAllInput! = {}) {\n  logoutAll(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n",
          "variables": "{\n  \"input\": {\n    \"exceptCurrent\": true\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "deleteaccount",
          "windowName": "DeleteAccount",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation DeleteAccount($input: DeleteAccountInput!) {\n  deleteAccount(input: $input) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on AccountDeleted {\n      sessionsEnded\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"input\": {\n    \"password\": \"{{password}}\"\n  }\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "logout",
          "windowName": "Logout",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation Logout($input: LogoutInput! = {}) {\n  logout(input: $input) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n  }\n}\n",
          "variables": "{\n  \"input\": {}\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    },
    {
      "id": "administration",
      "title": "Administration",
      "description": "For staff and administrators. The command create-superuser makes the first administrator.",
      "queries": [
        {
          "version": 1,
          "type": "window",
          "id": "users",
          "windowName": "Users",
          "apiUrl": "{{url}}/graphql",
          "query": "query Users(\n  $first: Int = 20\n  $after: String\n  $last: Int\n  $before: String\n  $filter: UserFilter\n  $orderBy: UserOrder = CREATED_AT_DESC\n) {\n  users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n    edges {\n      cursor\n      node {\n        ...ManagedUser\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  ...ProfileFields\n  isActive\n  roles\n  permissions\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}\n",
          "variables": "{\n  \"first\": 20\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "usercount",
          "windowName": "UserCount",
          "apiUrl": "{{url}}/graphql",
          "query": "query UserCount($filter: UserFilter) {\n  users(first: 1, filter: $filter) {\n    totalCount\n    totalCountIsEstimate\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "user",
          "windowName": "User",
          "apiUrl": "{{url}}/graphql",
          "query": "query User($id: ID!) {\n  user(id: $id) {\n    ...ManagedUser\n    ...UserMetadata\n    sessions {\n      id\n      device\n      ipAddress\n      isCurrent\n      isImpersonation\n      createdAt\n      lastUsedAt\n      expiresAt\n    }\n  }\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  ...ProfileFields\n  isActive\n  roles\n  permissions\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}\n\nfragment UserMetadata on User {\n  publicMetadata\n  privateMetadata\n}\n",
          "variables": "{\n  \"id\": \"{{userId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "createuser",
          "windowName": "CreateUser",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation CreateUser($input: CreateUserInput!, $reason: String) {\n  createUser(input: $input, reason: $reason) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n        ...UserMetadata\n      }\n    }\n    ...InvalidInputFields\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  ...ProfileFields\n  isActive\n  roles\n  permissions\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}\n\nfragment UserMetadata on User {\n  publicMetadata\n  privateMetadata\n}\n",
          "variables": "{\n  \"input\": {\n    \"email\": \"grace@example.com\",\n    \"firstName\": \"Grace\",\n    \"roles\": []\n  },\n  \"reason\": \"new colleague\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "updateuser",
          "windowName": "UpdateUser",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $reason: String, $expectedUpdatedAt: DateTime) {\n  updateUser(id: $id, input: $input, reason: $reason, expectedUpdatedAt: $expectedUpdatedAt) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on AdminUser {\n      user {\n        ...ManagedUser\n        ...UserMetadata\n      }\n    }\n    ...InvalidInputFields\n    ... on EmailTaken {\n      message\n    }\n    ... on PhoneTaken {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n    ... on UserChanged {\n      message\n      user {\n        ...ManagedUser\n        ...UserMetadata\n      }\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n\nfragment ProfileFields on User {\n  firstName\n  lastName\n  companyName\n  locale\n}\n\nfragment ManagedUser on User {\n  id\n  email\n  emailVerified\n  phone\n  phoneVerified\n  ...ProfileFields\n  isActive\n  roles\n  permissions\n  hasPassword\n  lastLoginAt\n  createdAt\n  updatedAt\n}\n\nfragment UserMetadata on User {\n  publicMetadata\n  privateMetadata\n}\n",
          "variables": "{\n  \"id\": \"{{userId}}\",\n  \"input\": {\n    \"lastName\": \"Hopper\"\n  },\n  \"reason\": \"she asked for it\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "sendpasswordreset",
          "windowName": "SendPasswordReset",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation SendPasswordReset($userId: ID!, $reason: String) {\n  sendPasswordReset(userId: $userId, reason: $reason) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on PasswordLinkSent {\n      sentTo\n      expiresAt\n    }\n    ... on NotFound {\n      message\n    }\n    ... on AccountDisabled {\n      message\n    }\n    ...InvalidInputFields\n    ... on RateLimited {\n      message\n      retryAfter\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"userId\": \"{{userId}}\",\n  \"reason\": \"she asked for it\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "impersonate",
          "windowName": "Impersonate",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation Impersonate($userId: ID!, $reason: String!) {\n  impersonate(userId: $userId, reason: $reason) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on Impersonation {\n      accessToken\n      accessTokenExpiresAt\n      session {\n        id\n        device\n        isImpersonation\n        expiresAt\n      }\n      user {\n        id\n      }\n    }\n    ...InvalidInputFields\n    ... on AccountDisabled {\n      message\n    }\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"userId\": \"{{userId}}\",\n  \"reason\": \"a question to support\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "resetsecondfactors",
          "windowName": "ResetSecondFactors",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation ResetSecondFactors($userId: ID!, $reason: String!) {\n  resetSecondFactors(userId: $userId, reason: $reason) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on AdminUser {\n      user {\n        id\n      }\n    }\n    ...InvalidInputFields\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"userId\": \"{{userId}}\",\n  \"reason\": \"a lost phone\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "endusersession",
          "windowName": "EndUserSession",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation EndUserSession($userId: ID!, $sessionId: ID!, $reason: String) {\n  endUserSession(userId: $userId, sessionId: $sessionId, reason: $reason) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n    ...InvalidInputFields\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"userId\": \"{{userId}}\",\n  \"sessionId\": \"{{sessionId}}\",\n  \"reason\": \"a stolen phone\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "endusersessions",
          "windowName": "EndUserSessions",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation EndUserSessions($id: ID!, $reason: String) {\n  endUserSessions(id: $id, reason: $reason) {\n    __typename\n    ... on LoggedOut {\n      sessionsEnded\n    }\n    ... on NotFound {\n      message\n    }\n    ...InvalidInputFields\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n",
          "variables": "{\n  \"id\": \"{{userId}}\",\n  \"reason\": \"a lost phone\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "deleteuser",
          "windowName": "DeleteUser",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation DeleteUser($id: ID!, $reason: String) {\n  deleteUser(id: $id, reason: $reason) {\n    __typename\n    ...ReauthenticationRequiredFields\n    ... on AdminUser {\n      user {\n        id\n      }\n    }\n    ...InvalidInputFields\n    ... on NotFound {\n      message\n    }\n    ... on OwnAccount {\n      message\n    }\n    ... on LastAdministrator {\n      message\n    }\n  }\n}\n\nfragment InvalidInputFields on InvalidInput {\n  message\n  fields {\n    path\n    code\n    message\n    limit\n  }\n}\n\nfragment ReauthenticationRequiredFields on ReauthenticationRequired {\n  message\n  methods\n}\n",
          "variables": "{\n  \"id\": \"{{userId}}\",\n  \"reason\": \"she asked for it\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "auditevents",
          "windowName": "AuditEvents",
          "apiUrl": "{{url}}/graphql",
          "query": "query AuditEvents($first: Int = 20, $after: String, $last: Int, $before: String, $filter: AuditEventFilter) {\n  auditEvents(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n    nodes {\n      id\n      at\n      count\n      lastAt\n      kind\n      outcome\n      userId\n      actorId\n      reason\n      sessionId\n      method\n      ipAddress\n      requestId\n      facts {\n        name\n        value\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n",
          "variables": "{\n  \"first\": 20\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "deliveries",
          "windowName": "Deliveries",
          "apiUrl": "{{url}}/graphql",
          "query": "query Deliveries($first: Int = 20, $after: String, $last: Int, $before: String, $filter: DeliveryFilter) {\n  deliveries(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n    nodes {\n      id\n      channel\n      kind\n      recipient\n      state\n      attempts\n      createdAt\n      nextAttemptAt\n      error\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n",
          "variables": "{\n  \"first\": 20\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "statistics",
          "windowName": "Statistics",
          "apiUrl": "{{url}}/graphql",
          "query": "query Statistics($hours: Int = 24) {\n  statistics(hours: $hours) {\n    hours\n    signIns {\n      method\n      outcome\n      counts\n    }\n    signUps\n    deliveries {\n      channel\n      state\n      countedSince\n      counts\n    }\n  }\n}\n",
          "variables": "{\n  \"hours\": 24\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "signingkeys",
          "windowName": "SigningKeys",
          "apiUrl": "{{url}}/graphql",
          "query": "query SigningKeys {\n  signingKeys {\n    kid\n    algorithm\n    state\n    createdAt\n    signsFrom\n    signsUntil\n    verifiesUntil\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "effectivesettings",
          "windowName": "EffectiveSettings",
          "apiUrl": "{{url}}/graphql",
          "query": "query EffectiveSettings {\n  effectiveSettings {\n    name\n    value\n    isSet\n    isSecret\n    section\n    description\n  }\n}\n",
          "variables": "{}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        },
        {
          "version": 1,
          "type": "window",
          "id": "retrydelivery",
          "windowName": "RetryDelivery",
          "apiUrl": "{{url}}/graphql",
          "query": "mutation RetryDelivery($id: ID!) {\n  retryDelivery(id: $id) {\n    __typename\n    ... on DeliveryRetried {\n      delivery {\n        id\n        state\n        attempts\n        nextAttemptAt\n      }\n    }\n    ... on NotFound {\n      message\n    }\n    ... on NotRetriable {\n      message\n    }\n  }\n}\n",
          "variables": "{\n  \"id\": \"{{deliveryId}}\"\n}",
          "headers": [
            {
              "key": "authorization",
              "value": "Bearer {{accessToken}}",
              "enabled": true
            }
          ],
          "subscriptionUrl": "",
          "postRequestScript": "const set = (name, value) => altair.helpers.setEnvironment(name, value, true);\n{\n  const data = altair.response.body?.data ?? {};\n  for (const outcome of Object.values(data)) {\n    if (typeof outcome?.accessToken === 'string') set('accessToken', outcome.accessToken);\n    if (typeof outcome?.refreshToken === 'string') set('refreshToken', outcome.refreshToken);\n    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;\n    if (challengeId) set('challengeId', challengeId);\n    if (outcome?.__typename === 'LoggedOut') set('accessToken', '');\n  }\n}",
          "postRequestScriptEnabled": true
        }
      ],
      "collections": []
    }
  ]
}
