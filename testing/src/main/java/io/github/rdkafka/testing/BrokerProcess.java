package io.github.rdkafka.testing;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One broker and, while it runs, its process. All methods are safe to call from any thread. */
final class BrokerProcess {

  private static final int TAIL_BYTES = 64 << 10;

  private final int id;
  private final List<String> command;
  private final Path log;
  private final Watchdog watchdog;

  private Process process;
  private boolean paused;
  private boolean closed;

  BrokerProcess(int id, List<String> command, Path log, Watchdog watchdog) {
    this.id = id;
    this.command = command;
    this.log = log;
    this.watchdog = watchdog;
  }

  int id() {
    return id;
  }

  Path log() {
    return log;
  }

  synchronized void launch() throws IOException {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
    if (isRunning()) {
      throw new IllegalStateException("broker " + id + " is running already");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    // An agent or an option meant for the JVM of the test must not change the broker.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    paused = false;
    if (watchdog != null) {
      watchdog.guard(process.pid());
    }
  }

  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  synchronized boolean isPaused() {
    return isRunning() && paused;
  }

  /** The process of the last launch; null before the first. */
  synchronized Process process() {
    return process;
  }

  synchronized void pause() {
    signal("STOP");
    paused = true;
    StoppedProcess.await(process);
  }

  synchronized void resume() {
    signal("CONT");
    paused = false;
  }

  /** Asks for an orderly shutdown, without waiting for it. */
  synchronized void terminate() {
    if (isPaused()) {
      resume();
    }
    if (isRunning()) {
      process.destroy();
    }
  }

  /** Kills without waiting. */
  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Kills, and refuses to launch from now on. */
  synchronized void close() {
    closed = true;
    kill();
  }

  private void signal(String name) {
    if (File.separatorChar == '\\') {
      throw new UnsupportedOperationException("Windows cannot pause a process");
    }
    if (!isRunning()) {
      throw new IllegalStateException("broker " + id + " is not running");
    }
    // The shell's own kill: small container images have no other.
    List<String> shell = List.of("/bin/sh", "-c", "kill -" + name + ' ' + process.pid());
    try {
      Process kill =
          new ProcessBuilder(shell)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("cannot send SIG" + name + " to broker " + id);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot send SIG" + name + " to broker " + id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The last lines of the log, or what there is of them. */
  List<String> tail(int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(cannot read the log: " + e + ")");
    }
  }
}
