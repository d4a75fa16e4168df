import java.io.*;

class Main {
    static String rleEncode(String s) {
        if (s.isEmpty()) return "";
        int cut = runEnd(s, 1);
        return cut + s.substring(0, 1) + rleEncode(s.substring(cut));
    }

    private static int runEnd(String s, int from) {
        if (from < s.length() && s.charAt(from) == s.charAt(0))
            return runEnd(s, from + 1);
        return from;
    }

    public static void main(String[] args) throws IOException {
        String everything = new String(System.in.readAllBytes());
        String[] parts = everything.split("\n", 2);
        System.out.println(rleEncode(parts[0]));
    }
}
