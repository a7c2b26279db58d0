package io.github.rdkafka.dropin.app;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program twice, each time in a class loader of its own that has kafka-clients, as servers
 * and launchers of fat JARs do. Usage: Launcher class-path main-class argument...
 */
public final class Launcher {

  private Launcher() {}

  public static void main(String[] args) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : args[0].split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    for (int run = 0; run < 2; run++) {
      try (URLClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        Thread.currentThread().setContextClassLoader(loader);
        loader
            .loadClass(args[1])
            .getMethod("main", String[].class)
            .invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
      }
    }
  }
}
