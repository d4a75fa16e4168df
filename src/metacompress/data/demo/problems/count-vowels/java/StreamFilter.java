import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Set;

final class Main {
    private static final Set<Integer> SOUNDS =
            Set.of((int) 'a', (int) 'e', (int) 'i', (int) 'o', (int) 'u');

    private Main() {
    }

    public static void main(String[] args) {
        long answer = new BufferedReader(new InputStreamReader(System.in))
                .lines()
                .limit(1)
                .flatMapToInt(String::chars)
                .map(Character::toLowerCase)
                .filter(SOUNDS::contains)
                .count();
        System.out.println(answer);
    }
}
