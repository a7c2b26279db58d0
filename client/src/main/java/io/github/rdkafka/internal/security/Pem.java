package io.github.rdkafka.internal.security;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.apache.kafka.common.KafkaException;

/** Writes certificates and keys the way OpenSSL reads them. */
final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String of(Iterable<? extends Certificate> certificates) {
    StringBuilder pem = new StringBuilder();
    for (Certificate certificate : certificates) {
      try {
        append(pem, "CERTIFICATE", certificate.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new KafkaException("Failed to encode a certificate", e);
      }
    }
    return pem.toString();
  }

  /**
   * An unencrypted PKCS#8 key.
   *
   * @return null if its provider does not give it out
   */
  static String of(PrivateKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null || !"PKCS#8".equals(key.getFormat())) {
      return null;
    }
    StringBuilder pem = new StringBuilder();
    append(pem, "PRIVATE KEY", encoded);
    return pem.toString();
  }

  private static void append(StringBuilder pem, String label, byte[] encoded) {
    pem.append("-----BEGIN ").append(label).append("-----\n");
    pem.append(LINES.encodeToString(encoded));
    pem.append("\n-----END ").append(label).append("-----\n");
  }
}
