import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {
    private static long backwards(String digits) {
        String flipped = new StringBuilder(digits).reverse().toString();
        return Long.parseLong(flipped);
    }

    public static void main(String[] args) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
            String line = in.readLine();
            System.out.println(backwards(line.trim()));
        }
    }
}
