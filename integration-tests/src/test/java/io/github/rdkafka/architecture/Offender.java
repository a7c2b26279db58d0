package io.github.rdkafka.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a class that knows what it must not know, to see that a rule notices. */
final class Offender {
  private Offender() {}

  /**
   * @param packageName where the offending class shall be, in ArchUnit's notation
   * @param forbidden the package of a class that it uses, in the same notation
   */
  static JavaClasses compile(Path folder, String packageName, String forbidden) throws IOException {
    List<Path> sources = new ArrayList<>();
    String used = "java.lang.foreign.Arena";
    if (!used.startsWith(plain(forbidden))) {
      used = plain(forbidden) + ".Used";
      sources.add(write(folder, "Used", "package %s; public class Used {}", forbidden));
    }
    String offender = "package %s; class Offender { " + used + " used; }";
    sources.add(write(folder, "Offender", offender, packageName));
    Path output = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options = List.of("-d", output.toString(), "-proc:none");
      if (!compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new AssertionError(messages.toString());
      }
    }
    return new ClassFileImporter().importPath(output);
  }

  private static String plain(String packageName) {
    return packageName.replaceFirst("\\.\\.$", "");
  }

  private static Path write(Path folder, String name, String source, String packageName)
      throws IOException {
    Path file = folder.resolve(name + ".java");
    return Files.writeString(file, source.replace("%s", plain(packageName)));
  }
}
