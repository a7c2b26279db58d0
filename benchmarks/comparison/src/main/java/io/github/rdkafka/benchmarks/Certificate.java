package io.github.rdkafka.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The broker's self-signed certificate, made by the JDK's keytool.
 *
 * @param keystore the broker's
 * @param pem what clients trust
 */
record Certificate(Path keystore, Path pem) {
  private static final String PASSWORD = "benchmarks";

  static Certificate create(Path folder) {
    Path keystore = folder.resolve("broker.p12");
    Path pem = folder.resolve("broker.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-keystore",
        keystore.toString(),
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-file",
        pem.toString(),
        "-keystore",
        keystore.toString(),
        "-storepass",
        PASSWORD);
    return new Certificate(keystore, pem);
  }

  Map<String, String> listenerSettings() {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        keystore.toString(),
        "ssl.keystore.password",
        PASSWORD);
  }

  private static void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new BenchmarkException("keytool failed: " + output);
      }
    } catch (IOException e) {
      throw new BenchmarkException("cannot run keytool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }
}
