import java.io.*;

class Main {
    static void emitReversedWords(String rest, PrintStream out, boolean leading) {
        String s = rest.stripTrailing();
        if (s.isEmpty()) {
            return;
        }
        int space = s.lastIndexOf(' ');
        if (!leading) {
            out.print(' ');
        }
        out.print(s.substring(space + 1));
        emitReversedWords(s.substring(0, space + 1), out, false);
    }

    public static void main(String[] args) throws IOException {
        String all = new String(System.in.readAllBytes());
        int newline = all.indexOf('\n');
        if (newline >= 0) {
            all = all.substring(0, newline);
        }
        emitReversedWords(all, System.out, true);
        System.out.println();
    }
}
