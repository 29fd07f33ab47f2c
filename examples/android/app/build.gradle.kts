plugins {
  id("com.android.application")
  id("org.jetbrains.kotlin.android")
  id("com.apollographql.apollo")
}

android {
  namespace = "com.example.latchkey"
  compileSdk = 36
  defaultConfig {
    applicationId = "com.example.latchkey"
    // Passkeys need Android 9 (28).
    minSdk = 28
    targetSdk = 36
    // The emulator reaches this machine at 10.0.2.2.
    buildConfigField("String", "LATCHKEY_URL", "\"http://10.0.2.2:4000/graphql\"")
    // The client ID of the web application at Google, which is GOOGLE_OAUTH_CLIENT_ID of the server.
    buildConfigField("String", "GOOGLE_CLIENT_ID", "\"\"")
  }
  buildFeatures { buildConfig = true }
  compileOptions {
    sourceCompatibility = JavaVersion.VERSION_17
    targetCompatibility = JavaVersion.VERSION_17
  }
}

kotlin { jvmToolchain(17) }

apollo {
  service("latchkey") {
    packageName.set("com.example.latchkey.api")
    schemaFile.set(file("../../../schema/schema.graphql"))
    srcDir("../../../schema/generated")
    includes.set(listOf("operations-of-apps.graphql"))
    mapScalar("DateTime", "java.time.Instant", "com.example.latchkey.InstantAdapter")
    mapScalar("JSONObject", "kotlin.Any", "com.apollographql.apollo.api.AnyAdapter")
  }
}

dependencies {
  implementation("com.apollographql.apollo:apollo-runtime:5.1.0")
  implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
  implementation("androidx.activity:activity-ktx:1.11.0")
  implementation("androidx.browser:browser:1.9.0")
  implementation("androidx.core:core-ktx:1.17.0")
  implementation("androidx.credentials:credentials:1.5.0")
  // Credential Manager on Android 13 and earlier, and Sign in with Google.
  implementation("androidx.lifecycle:lifecycle-runtime-ktx:2.9.4")
  implementation("androidx.credentials:credentials-play-services-auth:1.5.0")
  implementation("com.google.android.libraries.identity.googleid:googleid:1.1.1")

  testImplementation(kotlin("test-junit"))
  testImplementation("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
}
