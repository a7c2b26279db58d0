package io.github.rdkafka.internal.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.KafkaException;

/** What the JVM trusts by default, which Kafka's clients use where no truststore is configured. */
final class JvmTrustAnchors {
  /** The last export: some 150 certificates, in every client the same. */
  private static volatile Export lastExport = new Export(List.of(), "");

  private record Export(List<X509Certificate> anchors, String pem) {}

  private JvmTrustAnchors() {}

  static String pem() {
    List<X509Certificate> anchors = anchors();
    Export export = lastExport;
    if (!export.anchors().equals(anchors)) {
      export = new Export(anchors, Pem.of(anchors));
      lastExport = export;
    }
    return export.pem();
  }

  /** Asks each time, for the JVM looks whether its file or its system properties changed. */
  private static List<X509Certificate> anchors() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new KafkaException("Failed to read the JVM's default truststore", e);
    }
  }
}
