package io.github.rdkafka.bindings;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The bindings in a class loader of their own, as two applications in one server have them. */
final class IsolatedBindings implements AutoCloseable {

  /** What {@link NativeLibrary#load} threw in there, where its class is another one. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  // not those that the tests may run with
  private final Map<String, String> properties =
      new HashMap<>(Map.of("rdkafka.library.path", "", "rdkafka.tmpdir", ""));
  private URLClassLoader loader;

  IsolatedBindings(Path... classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(codeOf(NativeLibrary.class));
    urls.add(codeOf(IsolatedBindings.class));
    for (Path entry : classPath) {
      urls.add(entry.toUri().toURL());
    }
    loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static URL codeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Sets a system property while loading. */
  IsolatedBindings with(String property, Object value) {
    properties.put(property, value.toString());
    return this;
  }

  /** Calls {@link NativeLibrary#load()} in there. */
  Object load() throws Failure {
    return loadWith(1).get(0);
  }

  /** Calls {@link NativeLibrary#load()} in there, from several threads at once. */
  List<Object> loadWith(int threads) throws Failure {
    Map<String, String> old = new HashMap<>();
    properties.forEach((key, value) -> old.put(key, System.setProperty(key, value)));
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Object> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Object>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(executor.submit(() -> loadAfter(start)));
      }
      for (Future<Object> call : calls) {
        results.add(call.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      old.forEach(IsolatedBindings::restore);
    }
    return results;
  }

  private Object loadAfter(CyclicBarrier start) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    start.await();
    return call(NativeLibrary.class, "load");
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  /** Calls {@link System#load} in there. */
  void loadAsApplication(Path library) throws Failure {
    call(ApplicationCode.class, "load", library.toString());
  }

  /** The address of librdkafka's version function that is found in there. */
  long versionFunction() throws Failure {
    return (long) call(ApplicationCode.class, "versionFunction");
  }

  private Object call(Class<?> type, String method, String... arguments) throws Failure {
    try {
      Class<?> inThere = loader.loadClass(type.getName());
      for (var candidate : inThere.getMethods()) {
        if (candidate.getName().equals(method)) {
          return candidate.invoke(null, (Object[]) arguments);
        }
      }
      throw new AssertionError("no method " + method);
    } catch (InvocationTargetException e) {
      throw new Failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Lets go of the class loader, so that it can be collected. */
  WeakReference<ClassLoader> drop() throws IOException {
    WeakReference<ClassLoader> reference = new WeakReference<>(loader);
    loader.close();
    loader = null;
    return reference;
  }

  @Override
  public void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }
}
