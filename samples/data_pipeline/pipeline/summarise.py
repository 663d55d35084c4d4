def daily_mean(frame):
    return frame.groupby(["sensor", "day"], as_index=False)["value"].mean()


def hottest(frame, count=3):
    return daily_mean(frame).nlargest(count, "value")
