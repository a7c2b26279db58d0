package io.github.rdkafka.dropin;

import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Holds the bundled client for one class loader that has kafka-clients, whose child it is: the
 * client links to the application's own kafka-clients and slf4j, and the application does not see
 * the client. The bundle goes before the parent, where another version of the client may be.
 */
final class ClientLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Bundle bundle;
  private final ProtectionDomain domain;

  ClientLoader(Bundle bundle, ClassLoader parent) {
    super("rdkafka-dropin", parent);
    this.bundle = bundle;
    this.domain = new ProtectionDomain(bundle.source(), null, this, null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!bundle.packages().contains(packageOf(name))) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] classFile = bundle.classFile(name);
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, classFile, 0, classFile.length, domain);
  }

  @Override
  protected Class<?> findClass(String moduleName, String name) {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        return bundle.packages().contains(packageOf(name)) ? findClass(name) : null;
      } catch (ClassNotFoundException e) {
        return null;
      }
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  protected URL findResource(String name) {
    return bundle.resource(name);
  }

  @Override
  protected URL findResource(String moduleName, String name) {
    return bundle.resource(name);
  }

  /** The bundle's alone: a platform's library of the application's is of no concern here. */
  @Override
  public Enumeration<URL> getResources(String name) {
    URL own = findResource(name);
    if (own != null) {
      return Collections.enumeration(List.of(own));
    }
    try {
      return super.getResources(name);
    } catch (java.io.IOException e) {
      return Collections.emptyEnumeration();
    }
  }

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }
}
