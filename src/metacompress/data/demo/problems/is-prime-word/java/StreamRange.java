import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.stream.IntStream;

class Main {
    private static String label(int candidate) {
        if (candidate < 2) return "neither";
        int root = (int) Math.sqrt(candidate);
        boolean untouched = IntStream.rangeClosed(2, root).noneMatch(d -> candidate % d == 0);
        return untouched ? "prime" : "composite";
    }

    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        String line = br.readLine();
        System.out.println(label(Integer.parseInt(line.trim())));
    }
}
