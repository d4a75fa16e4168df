import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.function.Predicate;

class Main {
    private static long countDistinctValues(BufferedReader reader) throws IOException {
        int promised = Integer.parseInt(reader.readLine().trim());
        return reader.lines()
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .filter(Predicate.not(String::isBlank))
            .limit(promised)
            .map(Long::valueOf)
            .distinct()
            .count();
    }

    public static void main(String[] args) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in))) {
            System.out.println(countDistinctValues(reader));
        }
    }
}
