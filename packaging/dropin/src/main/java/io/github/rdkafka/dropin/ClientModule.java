package io.github.rdkafka.dropin;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The bundled client beside one kafka-clients, as a module of its own: native access is given to
 * modules, and all of the class path is one.
 */
final class ClientModule {

  private static final String NAME = "io.github.rdkafka";
  private static final String INSIDE = "io.github.rdkafka.dropin.inside.";

  // weak on both sides: a module keeps its parent, which is the key
  private static final Map<ClassLoader, WeakReference<ClientModule>> MODULES = new WeakHashMap<>();

  private final ClientLoader loader;
  private final String library;

  private ClientModule(ClientLoader loader, String library) {
    this.loader = loader;
    this.library = library;
  }

  /**
   * The client beside the kafka-clients of a class loader, made if there is none yet; it lives as
   * long as somebody keeps it.
   *
   * @param kafka the module of kafka-clients, often unnamed
   * @throws UnusableException if librdkafka cannot be used in this JVM
   */
  static ClientModule of(
      Bundle bundle, Instrumentation instrumentation, ClassLoader kafkaLoader, Module kafka)
      throws UnusableException {
    synchronized (MODULES) {
      WeakReference<ClientModule> known = MODULES.get(kafkaLoader);
      ClientModule module = known == null ? null : known.get();
      if (module == null) {
        module = create(bundle, instrumentation, kafkaLoader, kafka);
        MODULES.put(kafkaLoader, new WeakReference<>(module));
      }
      return module;
    }
  }

  /**
   * Loads the library as {@link #of} would, beside no kafka-clients.
   *
   * @throws UnusableException if librdkafka cannot be used in this JVM
   */
  static void probe(Bundle bundle, Instrumentation instrumentation) throws UnusableException {
    create(bundle, instrumentation, ClassLoader.getPlatformClassLoader(), Object.class.getModule());
  }

  private static ClientModule create(
      Bundle bundle, Instrumentation instrumentation, ClassLoader kafkaLoader, Module kafka)
      throws UnusableException {
    ClientLoader loader = new ClientLoader(bundle, kafkaLoader);
    try {
      ModuleLayer parent = kafka.isNamed() ? kafka.getLayer() : ModuleLayer.boot();
      Configuration configuration =
          parent.configuration().resolve(new BundleFinder(bundle), ModuleFinder.of(), Set.of(NAME));
      ModuleLayer.Controller controller =
          ModuleLayer.defineModules(configuration, List.of(parent), name -> loader);
      Module module = controller.layer().findModule(NAME).orElseThrow();
      enableNativeAccess(controller, module, loader, instrumentation);
      return new ClientModule(loader, loadLibrary(loader));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw UnusableException.of(e);
    }
  }

  private static void enableNativeAccess(
      ModuleLayer.Controller controller,
      Module module,
      ClientLoader loader,
      Instrumentation instrumentation)
      throws ReflectiveOperationException {
    if (!ClientModule.class.getModule().isNativeAccessEnabled()) {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(module)),
          Set.of(),
          Map.of());
      try {
        loader.loadClass(INSIDE + "NativeAccess").getMethod("grant").invoke(null);
      } catch (ReflectiveOperationException e) {
        // another JDK: the next call warns or refuses, as its command line says
      }
    }
    if (!module.isNativeAccessEnabled()) {
      controller.enableNativeAccess(module);
    }
  }

  private static String loadLibrary(ClientLoader loader) throws ReflectiveOperationException {
    return loader
        .loadClass("io.github.rdkafka.bindings.NativeLibrary")
        .getMethod("load")
        .invoke(null)
        .toString();
  }

  /** Like {@code librdkafka 2.15.1 from jar:file:…}. */
  String library() {
    return library;
  }

  /**
   * A constructor of a client's class, to be called with an array of its arguments.
   *
   * @throws ReflectiveOperationException if there is none of this type
   */
  MethodHandle constructor(String className, MethodType type) throws ReflectiveOperationException {
    return MethodHandles.publicLookup().findConstructor(loader.loadClass(className), type);
  }

  /** Writes to the application's log. */
  void info(String message) {
    log("info", new Class<?>[] {String.class}, message);
  }

  /** Writes to the application's log. */
  void warn(String message, Throwable reason) {
    log("warn", new Class<?>[] {String.class, Throwable.class}, message, reason);
  }

  private void log(String level, Class<?>[] types, Object... arguments) {
    try {
      loader.loadClass(INSIDE + "ApplicationLog").getMethod(level, types).invoke(null, arguments);
    } catch (ReflectiveOperationException | LinkageError e) {
      // no slf4j, or one that fails: kafka-clients itself cannot run then, and will say so
      Messages.print(String.valueOf(arguments[0]));
    }
  }

  /** Finds one module: the bundle, all of it open to all, as if it were on the class path. */
  private record BundleFinder(Bundle bundle) implements ModuleFinder {

    @Override
    public Optional<ModuleReference> find(String name) {
      return findAll().stream().filter(each -> each.descriptor().name().equals(name)).findAny();
    }

    @Override
    public Set<ModuleReference> findAll() {
      ModuleDescriptor descriptor =
          ModuleDescriptor.newAutomaticModule(NAME).packages(bundle.packages()).build();
      return Set.of(
          new ModuleReference(descriptor, URI.create(bundle.source().getLocation().toString())) {
            @Override
            public ModuleReader open() throws IOException {
              throw new IOException("only its class loader reads it");
            }
          });
    }
  }
}
