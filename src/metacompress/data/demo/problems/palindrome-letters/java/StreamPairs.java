import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.stream.IntStream;

class Main {
    public static void main(String[] args) {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        int[] kept = reader.lines()
                .limit(1)
                .flatMapToInt(String::chars)
                .filter(Character::isLetter)
                .map(Character::toLowerCase)
                .toArray();
        System.out.println(palindromeLetters(kept));
    }

    private static String palindromeLetters(int[] kept) {
        if (kept.length == 0) return "-";
        boolean symmetric = IntStream.range(0, kept.length / 2)
                .allMatch(i -> kept[i] == kept[kept.length - 1 - i]);
        return symmetric ? "yes" : "no";
    }
}
