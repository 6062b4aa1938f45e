package io.hicache.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A block of Java from a page, made into a class: statements become a method's. */
final class Snippet {
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(public |final |sealed |abstract )*(class|record|interface|enum) ");
  private static final List<String> IMPORTS =
      List.of("io.hicache", "io.hicache.hash", "java.lang.foreign", "java.nio.file", "java.util");

  private final String source;

  Snippet(String text) {
    String imports =
        text.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String body =
        text.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    String header =
        IMPORTS.stream().map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
    source =
        header
            + imports
            + (TYPE.matcher(body).find()
                ? "\n" + body
                : "\npublic class Snippet { public static void run() throws Exception {\n"
                    + body
                    + "\n} }\n");
  }

  /** Compiles it against what the tests see; returns what the compiler has against it. */
  String complaints(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    JavaFileObject file = new Source(source);
    boolean compiled =
        compiler
            .getTask(
                output,
                null,
                null,
                List.of("-proc:none", "--release", "22", "-d", classes.toString()),
                null,
                List.of(file))
            .call();
    return compiled ? "" : output + "\n" + source;
  }

  /** Runs what was compiled. */
  static void run(Path classes) throws ReflectiveOperationException, IOException {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, Snippet.class.getClassLoader())) {
      loader.loadClass("Snippet").getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("the snippet failed", e.getCause());
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
