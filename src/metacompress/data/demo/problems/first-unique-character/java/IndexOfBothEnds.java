import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String s = in.readLine();
        if (s == null) s = "";
        int at = locateUnique(s);
        System.out.println(at < 0 ? "-" : s.substring(at, at + 1));
    }

    static int locateUnique(String s) {
        for (int i = 0; i < s.length(); i++) {
            int c = s.charAt(i);
            if (c == ' ') continue;
            boolean alone = s.indexOf(c) == i && s.lastIndexOf(c) == i;
            if (alone) return i;
        }
        return -1;
    }
}
