import java.io.*;

class Main {

    /** The line loses exactly one character per vowel. */
    static int vowelsInLine(String line) {
        String bare = line.replaceAll("(?i)[aeiou]", "");
        return line.length() - bare.length();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        String line = br.readLine();
        int result = 0;
        if (line != null)
            result = vowelsInLine(line);
        System.out.printf("%d%n", result);
    }
}
