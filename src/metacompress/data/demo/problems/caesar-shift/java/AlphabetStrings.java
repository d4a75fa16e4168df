import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {
    private static final String FROM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String TO = "DEFGHIJKLMNOPQRSTUVWXYZABCdefghijklmnopqrstuvwxyzabc";

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String line = in.readLine();
        if (line != null) {
            for (int i = 0; i < line.length(); i++) {
                int k = FROM.indexOf(line.charAt(i));
                System.out.print(k == -1 ? line.charAt(i) : TO.charAt(k));
            }
        }
        System.out.println();
    }
}
