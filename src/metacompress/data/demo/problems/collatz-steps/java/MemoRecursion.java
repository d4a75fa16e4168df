import java.util.*;

class Main
{
    private final Map<Long, Integer> cache = new HashMap<>();

    int collatzDepth(long number)
    {
        Integer hit = cache.get(number);
        if (hit != null)
        {
            return hit;
        }
        long parent = number % 2 == 0 ? number / 2 : 3 * number + 1;
        int answer = 1 + collatzDepth(parent);
        cache.put(number, answer);
        return answer;
    }

    public static void main(String[] args)
    {
        Main solver = new Main();
        solver.cache.put(0L, 0);
        solver.cache.put(1L, 0);
        System.out.println(solver.collatzDepth(Long.parseLong(new Scanner(System.in).next())));
    }
}
