package io.github.rdkafka.internal.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Keys and certificates made by the JDK's keytool, and stores of every kind that hold them. */
public final class Certificates {
  public static final String STORE_PASSWORD = "store-password";
  public static final String KEY_PASSWORD = "key-password";

  private final Path folder;

  public Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * A store of one self-signed key per alias.
   *
   * @param type JKS or PKCS12
   * @param keyPassword the store's for PKCS12, which knows no other
   */
  public Path keystore(String type, String keyPassword, String... aliases) {
    Path store = folder.resolve("keystore-" + type + "-" + String.join("-", aliases));
    for (String alias : aliases) {
      keytool(
          "-genkeypair",
          "-alias",
          alias,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-dname",
          "CN=" + alias,
          "-validity",
          "2",
          "-storetype",
          type,
          "-keystore",
          store.toString(),
          "-storepass",
          STORE_PASSWORD,
          "-keypass",
          keyPassword);
    }
    return store;
  }

  /** A store of certificates only, those of the given key stores. */
  public Path truststore(String type, Path... keystores) {
    Path path = folder.resolve("truststore-" + type);
    try (OutputStream out = Files.newOutputStream(path)) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      for (Path keystore : keystores) {
        for (X509Certificate certificate : certificates(keystore)) {
          store.setCertificateEntry("ca" + store.size(), certificate);
        }
      }
      store.store(out, STORE_PASSWORD.toCharArray());
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first certificate of each alias. */
  public static List<X509Certificate> certificates(Path keystore) {
    try {
      KeyStore store = open(keystore);
      List<X509Certificate> certificates = new ArrayList<>();
      for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
        certificates.add((X509Certificate) store.getCertificate(aliases.nextElement()));
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static PrivateKey key(Path keystore, String alias, String keyPassword) {
    try {
      return (PrivateKey) open(keystore).getKey(alias, keyPassword.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  public static String encryptedPem(PrivateKey key, String password) {
    try {
      String algorithm = "PBEWithSHA1AndDESede";
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())));
      byte[] encrypted =
          new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()))
              .getEncoded();
      return pem("ENCRYPTED PRIVATE KEY", encrypted);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(String label, byte[] encoded) {
    String body = Base64.getMimeEncoder().encodeToString(encoded);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static KeyStore open(Path path) {
    try {
      return KeyStore.getInstance(path.toFile(), STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new IllegalStateException(text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
