package io.github.rdkafka.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback address. Kafka has to know its controllers' ports before it starts, so
 * they cannot be left to the system; whoever uses them must be ready to lose the race for one.
 *
 * <p>They lie below the ports that the system hands to outgoing connections: from among those a
 * client that reconnects to a killed broker could be given the broker's own port, and the broker
 * could not come back.
 */
final class Ports {

  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private static final int LOWEST = 10_000;
  private static final int LOWEST_EPHEMERAL = 32_768;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      int end = endOfRange();
      for (int attempt = 0; ports.size() < count; attempt++) {
        boolean any = attempt >= ATTEMPTS || end <= LOWEST;
        ServerSocket socket = new ServerSocket();
        held.add(socket);
        int port = any ? 0 : ThreadLocalRandom.current().nextInt(LOWEST, end);
        try {
          socket.bind(new InetSocketAddress(LOOPBACK, port));
          ports.add(socket.getLocalPort());
        } catch (IOException taken) {
          if (any) {
            throw taken;
          }
        }
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    } finally {
      for (ServerSocket socket : held) {
        try {
          socket.close();
        } catch (IOException e) {
          // then the broker will fail to bind, and say so
        }
      }
    }
  }

  private static int endOfRange() {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    // In one read: what follows a partial read of a sysctl is its end, so no Files.readString.
    try (BufferedReader reader = Files.newBufferedReader(range)) {
      return Integer.parseInt(reader.readLine().strip().split("\\s+", 2)[0]);
    } catch (IOException | NumberFormatException e) {
      return LOWEST_EPHEMERAL;
    }
  }
}
