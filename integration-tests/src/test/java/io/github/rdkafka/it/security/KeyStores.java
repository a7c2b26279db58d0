package io.github.rdkafka.it.security;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Self-signed keys made by the JDK's keytool, and stores that trust them, in a folder. */
final class KeyStores {
  static final String PASSWORD = "store-password";

  private final Path folder;

  KeyStores() {
    try {
      folder = Files.createTempDirectory("key-stores-");
      folder.toFile().deleteOnExit();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A key whose certificate is issued to {@code host}. */
  Path key(String host) {
    Path store = newFile(host + ".p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-alias",
        "key",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + host,
        "-ext",
        "san=dns:" + host);
    return store;
  }

  /** A store of the certificates of {@code keys}. */
  Path trust(String name, Path... keys) {
    Path path = newFile(name + "-trust.p12");
    try (OutputStream out = Files.newOutputStream(path)) {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (Path key : keys) {
        KeyStore store = KeyStore.getInstance(key.toFile(), PASSWORD.toCharArray());
        trust.setCertificateEntry("trusted-" + trust.size(), store.getCertificate("key"));
      }
      trust.store(out, PASSWORD.toCharArray());
      return path;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The certificate of {@code key}. */
  static String pem(Path key) {
    try {
      KeyStore store = KeyStore.getInstance(key.toFile(), PASSWORD.toCharArray());
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(store.getCertificate("key").getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Path newFile(String name) {
    Path file = folder.resolve(name);
    file.toFile().deleteOnExit();
    return file;
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }
}
