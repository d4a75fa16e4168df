import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles and runs many programs in one virtual machine, each run in freshly loaded classes.
 *
 * <p>Arguments: the files to read requests from and to write replies to. A program that exits, or
 * that prints more than it may, takes the virtual machine with it; the reply is written before.
 */
final class JavaDriver {
    private static final int ENDED = 0;
    private static final int EXITING = 1;
    private static final int TOO_MUCH_OUTPUT = 2;
    private static final long STACK_BYTES = 16L << 20;

    private static final Properties PROPERTIES = (Properties) System.getProperties().clone();

    private static final File DIRECTORY = new File(System.getProperty("user.dir"));

    private static DataOutputStream replies;
    /** What the running program has printed; null while none runs. */
    private static volatile Printed printed;

    public static void main(String[] arguments) throws Exception {
        DataInputStream requests = new DataInputStream(new FileInputStream(arguments[0]));
        replies = new DataOutputStream(new FileOutputStream(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(JavaDriver::exiting));
        while (true) {
            int kind;
            try {
                kind = requests.readByte();
            } catch (EOFException end) {
                Runtime.getRuntime().halt(0);
                return;
            }
            if (kind == 'C') {
                compile(requests);
            } else {
                run(requests);
            }
        }
    }

    private static void compile(DataInputStream requests) throws IOException {
        String source = new String(readBytes(requests), StandardCharsets.UTF_8);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
        boolean done = false;
        try (StandardJavaFileManager standard =
                compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            // Raw messages hold names and no English. Without should-stop a program with one
            // unknown name is not checked for its flow.
            List<String> options = List.of("-nowarn", "-proc:none", "-g:none", "-implicit:none",
                "-Xmaxerrs", "100000", "-XDshould-stop.ifError=FLOW", "-XDrawDiagnostics");
            done = compiler.getTask(printed, new Memory(standard, classes), null,
                options, null, List.of(new Source(source))).call();
        } catch (RuntimeException | StackOverflowError failure) {
            printed.write(" compiler.err.failed: " + failure.getClass().getName() + "\n");
        }
        List<String> errors = new ArrayList<>();
        for (String line : printed.toString().split("\n")) {
            int start = line.indexOf(" compiler.err.");
            if (start >= 0) {
                errors.add(line.substring(start + 1));
            }
        }
        replies.writeInt(errors.size());
        for (String error : errors) {
            writeText(error);
        }
        replies.writeInt(done ? classes.size() : 0);
        if (done) {
            for (Map.Entry<String, ByteArrayOutputStream> one : classes.entrySet()) {
                writeText(one.getKey());
                writeBytes(one.getValue().toByteArray());
            }
        }
        replies.flush();
    }

    private static void run(DataInputStream requests) throws Exception {
        Map<String, byte[]> classes = readMap(requests);
        byte[] input = readBytes(requests);
        int most = requests.readInt();
        forgetSettings();
        int before = threads();
        Printed output = new Printed(most);
        System.setIn(new ByteArrayInputStream(input));
        System.setOut(new PrintStream(output, false, "UTF-8"));
        System.setErr(new PrintStream(new Printed(most), false, "UTF-8"));
        int[] status = {0};
        ThreadGroup group = new ThreadGroup("program");
        Loader loader = new Loader(classes);
        printed = output;
        Thread program = new Thread(group, () -> status[0] = invoke(loader, classes), "main",
            STACK_BYTES);
        program.start();
        program.join();
        awaitOthers(group);
        System.out.flush();
        printed = null;
        // What still runs would disturb the next program.
        reply(ENDED, status[0], output, threads() > before || Hooks.count() > 1);
    }

    /** Of all groups: a program may start threads outside of its own, and so do processes. */
    private static int threads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        return all.activeCount();
    }

    /** Undoes what an earlier program has set for the whole virtual machine. */
    private static void forgetSettings() {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(null);
        Thread.setDefaultUncaughtExceptionHandler(null);
        System.setProperties((Properties) PROPERTIES.clone());
    }

    /** What programs have asked to run at the end: ours is one of them. */
    private static final class Hooks {
        private static Map<?, ?> hooks;

        static int count() {
            try {
                if (hooks == null) {
                    var field = Class.forName("java.lang.ApplicationShutdownHooks")
                        .getDeclaredField("hooks");
                    field.setAccessible(true);
                    hooks = (Map<?, ?>) field.get(null);
                }
                return hooks.size();
            } catch (ReflectiveOperationException | RuntimeException unknown) {
                return 1;
            }
        }
    }

    private static int invoke(Loader loader, Map<String, byte[]> classes) {
        try {
            for (String name : classes.keySet()) {
                Class<?> found = loader.loadClass(name);
                try {
                    var main = found.getDeclaredMethod("main", String[].class);
                    main.setAccessible(true);
                    main.invoke(null, (Object) new String[0]);
                    return 0;
                } catch (NoSuchMethodException next) {
                    continue;
                }
            }
            return 1;
        } catch (Throwable uncaught) {
            Throwable cause = uncaught.getCause() == null ? uncaught : uncaught.getCause();
            // A lack of memory or of stack is not an outcome that can be compared.
            return cause instanceof VirtualMachineError ? 134 : 1;
        }
    }

    private static void awaitOthers(ThreadGroup group) throws InterruptedException {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (!threads[i].isDaemon()) {
                threads[i].join();
            }
        }
    }

    private static void exiting() {
        Printed output = printed;
        if (output != null) {
            try {
                System.out.flush();
                reply(EXITING, 0, output, true);
            } catch (IOException gone) {
                return;
            }
        }
    }

    private static void reply(int kind, int status, Printed output, boolean last)
            throws IOException {
        replies.writeByte(kind);
        replies.writeInt(status);
        replies.writeBoolean(last);
        String[] files = DIRECTORY.list();
        replies.writeBoolean(files == null || files.length > 0);
        writeBytes(output.toByteArray());
        replies.flush();
    }

    private static byte[] readBytes(DataInputStream requests) throws IOException {
        return requests.readNBytes(requests.readInt());
    }

    private static Map<String, byte[]> readMap(DataInputStream requests) throws IOException {
        Map<String, byte[]> map = new TreeMap<>();
        for (int count = requests.readInt(); count > 0; count--) {
            String name = new String(readBytes(requests), StandardCharsets.UTF_8);
            map.put(name, readBytes(requests));
        }
        return map;
    }

    private static void writeText(String text) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(byte[] bytes) throws IOException {
        replies.writeInt(bytes.length);
        replies.write(bytes);
    }

    /** The output of a program, up to a limit. */
    private static final class Printed extends ByteArrayOutputStream {
        private final int most;

        Printed(int most) {
            this.most = most;
        }

        @Override
        public synchronized void write(int b) {
            check(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            check(length);
            super.write(bytes, offset, length);
        }

        private void check(int more) {
            if (count + more > most) {
                try {
                    reply(TOO_MUCH_OUTPUT, 0, this, true);
                } catch (IOException gone) {
                    Runtime.getRuntime().halt(2);
                }
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(ClassLoader.getPlatformClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Program.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /** A public class may have any name, whatever the file is called. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Memory(JavaFileManager standard, Map<String, ByteArrayOutputStream> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name,
                JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
