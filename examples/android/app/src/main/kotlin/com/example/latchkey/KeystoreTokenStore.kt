package com.example.latchkey

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.KeyStore
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Keeps the refresh token in a file, encrypted (AES-GCM) with a key in Android Keystore that cannot leave the device.
 * Both can be used after the first unlock. The file is excluded from backups: see data_extraction_rules.xml.
 */
class KeystoreTokenStore(context: Context) : TokenStore {
  private val file = AtomicFile(File(context.filesDir, "latchkey-session"))

  override fun read(): String? {
    val stored =
      try {
        file.readFully()
      } catch (_: FileNotFoundException) {
        return null
      }
    return try {
      // Without the key, the file is from a copy of another device. Any other failure may be gone next time.
      open(stored, storedKey() ?: return lost())
    } catch (_: AEADBadTagException) {
      lost()
    } catch (_: KeyPermanentlyInvalidatedException) {
      lost()
    }
  }

  override fun write(refreshToken: String) {
    val cipher = Cipher.getInstance(TRANSFORMATION)
    cipher.init(Cipher.ENCRYPT_MODE, storedKey() ?: createKey())
    val sealed = cipher.iv + cipher.doFinal(refreshToken.toByteArray())
    val output = file.startWrite()
    try {
      output.write(sealed)
      file.finishWrite(output)
    } catch (failure: IOException) {
      file.failWrite(output)
      throw failure
    }
  }

  override fun clear() = file.delete()

  private fun open(stored: ByteArray, key: SecretKey): String? {
    if (stored.size <= IV_BYTES) return lost()
    val cipher = Cipher.getInstance(TRANSFORMATION)
    cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, stored, 0, IV_BYTES))
    return String(cipher.doFinal(stored, IV_BYTES, stored.size - IV_BYTES))
  }

  private fun lost(): String? {
    clear()
    return null
  }

  private fun storedKey(): SecretKey? =
    KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(ALIAS, null) as SecretKey?

  private fun createKey(): SecretKey {
    val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
    val parameters =
      KeyGenParameterSpec.Builder(ALIAS, purposes)
        .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
        .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
        .setKeySize(256)
        .build()
    val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
    generator.init(parameters)
    return generator.generateKey()
  }

  private companion object {
    const val PROVIDER = "AndroidKeyStore"
    const val ALIAS = "latchkey-session"
    const val TRANSFORMATION = "AES/GCM/NoPadding"
    const val IV_BYTES = 12
    const val TAG_BITS = 128
  }
}
