import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles and runs many programs in one virtual machine.
 *
 * <p>Argument: a list with one line a program, "source TAB classes TAB cases". Each file NAME.in of
 * the directory of cases is given to a freshly loaded Main; its output goes to classes/NAME.out.
 */
class RunPrograms {
    public static void main(String[] arguments) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        PrintStream console = System.out;
        InputStream keyboard = System.in;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] fields = line.split("\t");
            Path classes = Path.of(fields[1]);
            Files.createDirectories(classes);
            int status = compiler.run(null, null, null,
                "-Xlint:all", "-Werror", "-d", fields[1], fields[0]);
            if (status != 0) {
                throw new IllegalStateException(fields[0] + " does not compile");
            }
            List<Path> cases;
            try (var entries = Files.list(Path.of(fields[2]))) {
                cases = entries.filter(path -> path.toString().endsWith(".in")).toList();
            }
            for (Path input : cases) {
                ByteArrayOutputStream printed = new ByteArrayOutputStream();
                URL[] where = {classes.toUri().toURL()};
                try (URLClassLoader loader = new URLClassLoader(where, null)) {
                    System.setIn(new ByteArrayInputStream(Files.readAllBytes(input)));
                    System.setOut(new PrintStream(printed, true));
                    Method main = loader.loadClass("Main").getDeclaredMethod("main", String[].class);
                    main.setAccessible(true);
                    main.invoke(null, (Object) new String[0]);
                    System.out.flush();
                } finally {
                    System.setIn(keyboard);
                    System.setOut(console);
                }
                String name = input.getFileName().toString().replace(".in", ".out");
                Files.write(classes.resolve(name), printed.toByteArray());
            }
        }
    }
}
