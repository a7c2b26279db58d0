package io.github.rdkafka.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What outlives this JVM for a moment, even when it is killed: a small shell that sees its standard
 * input close, kills the brokers that could not see the same because they are paused or hang, and
 * deletes the cluster's folder.
 */
final class Watchdog implements AutoCloseable {

  /** A process counts as a broker of ours only if its command line names the cluster's folder. */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      pids=
      while read -r pid; do pids="$pids $pid"; done
      command_of() {
        if [ -r "/proc/$1/cmdline" ]; then tr '\\0' ' ' < "/proc/$1/cmdline"; else ps -o args= -p "$1"; fi 2>/dev/null
      }
      ours() { case "$(command_of "$1")" in *"$folder"*) return 0;; *) return 1;; esac; }
      folder=$1
      for pid in $pids; do if ours "$pid"; then kill -KILL "$pid"; fi; done
      for pid in $pids; do
        tries=0
        while ours "$pid" && [ $tries -lt 50 ]; do sleep 0.1 || sleep 1; tries=$((tries + 1)); done
      done
      rm -rf -- "$folder"
      """;

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /**
   * A watchdog over a cluster's folder and, once it is told of them, its brokers.
   *
   * @return null where there is no POSIX shell; brokers still end with this JVM, unless they hang
   */
  static Watchdog over(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return null;
    }
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "kafka-cluster-watchdog", folder.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Watchdog(builder.start());
  }

  synchronized void guard(long pid) throws IOException {
    OutputStream in = shell.getOutputStream();
    in.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
    in.flush();
  }

  /** Ends the shell, after it has deleted what is left of the folder. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // it is gone already
    }
    boolean interrupted = false;
    try {
      if (!shell.waitFor(20, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
